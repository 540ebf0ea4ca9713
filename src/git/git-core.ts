/** The parts of src/git that are written in AssemblyScript, with their memory. */

/** What assembly/index.ts exports. Addresses and sizes are bytes; flags come as numbers. */
export interface GitCoreExports {
  prepareInflate(): void
  inflate(from: number, end: number, to: number, size: number): number
  resultSize(delta: number, end: number, baseSize: number): number
  applyDelta(end: number, base: number, baseSize: number, to: number, size: number, changesAt: number): number
  setKey(key: bigint): void
  setTable(address: number, slots: number, recentAt: number): void
  growTable(spare: number): void
  usedSlots(): number
  setBatch(batchAt: number, size: number, slack: number, unitsAt: number, unitsMax: number): void
  setLists(
    pendingAt: number,
    pendingMax: number,
    holdersAt: number,
    holdersMax: number,
    marksAt: number,
  ): void
  batchLength(): number
  countHolders(): number
  clearHolders(): void
  countMarks(): number
  clearMarks(): void
  markUnits(start: number, end: number, reach: number): void
  closeBatch(): number
  endBatch(): void
  beginText(address: number, size: number, number: number, changes: number, count: number): void
  collect(): number
  traceText(address: number, size: number): void
  setTrace(address: number, slots: number, foundAt: number, foundMax: number): void
  addMarks(address: number, count: number): void
  takeFound(): number
  hashBytes(address: number, size: number): bigint
  setObjects(address: number, count: number): void
  addObject(id: number, number: number): void
  findObject(id: number): number
  setTrees(idBytes: number, linksAt: number, linksMax: number, missingAt: number, missingMax: number): void
  listLinks(wantedAt: number, wantedHeadsAt: number): void
  countLinks(): number
  clearLinks(): void
  countMissing(): number
  clearMissing(): void
  beginTree(address: number, size: number, number: number, changes: number, count: number): void
  collectTree(): number
}

export interface GitCore {
  wasm: GitCoreExports
  bytes: Uint8Array
  words: Uint32Array
  /** A part of the memory that nobody else was given; its pages cost nothing until they are written. */
  reserve(size: number): number
  /** What is left. */
  free: { start: number; end: number }
}

/** Behind every buffer: the core reads and writes whole words. */
export const SLACK = 64

const PAGE = 65_536
/** The scratch area of assembly/layout.ts. */
const FIRST_FREE = PAGE
/** What a thread would like to have, and what it can do with. Only what is written takes real memory. */
const sizes = [1536, 768, 256].map(mebibytes => mebibytes * 1024 * 1024)

/** @throws when WebAssembly is switched off, or there is no memory to have */
export function createGitCore(module: WebAssembly.Module): GitCore {
  const memory = allocate()
  const { buffer } = memory
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as GitCoreExports
  wasm.prepareInflate()
  const free = { start: FIRST_FREE, end: buffer.byteLength }
  return {
    wasm,
    bytes: new Uint8Array(buffer),
    words: new Uint32Array(buffer),
    free,
    reserve(size) {
      const address = free.start
      free.start = Math.ceil((address + size + SLACK) / 16) * 16
      if (free.start > free.end) throw new RangeError('the memory of the git core is used up')
      return address
    },
  }
}

function allocate(): WebAssembly.Memory {
  let problem: unknown
  for (const size of sizes) {
    try {
      return new WebAssembly.Memory({ initial: size / PAGE })
    } catch (error) {
      problem = error
    }
  }
  throw problem
}
