import { mostBlockBytes, streamCount, streamVisits } from './blocks.ts'

/** The exports of `assembly/search.ts`, `assembly/hits.ts` and `assembly/runs.ts`. */
export interface KernelExports {
  configure(table: number, tableBytes: number, firstAccepting: number, overlap: number): void
  adopt(firstBytes: number, overlap: number): void
  searchOne(from: number, to: number, end: number): void
  searchEight(from: number, to: number, end: number): void
  configureHits(
    table: number,
    strideBytes: number,
    firstBytes: number,
    outputs: number,
    filters: number,
    rests: number,
    sets: number,
    kinds: number,
    surprises: number,
    starts: number,
    literals: number,
  ): void
  beginText(isCode: boolean): void
  beginBlock(lowest: number, highest: number, cut: boolean): void
  collect(visit: number, end: number, block: number, offset: number): void
  finishBlock(next: number): number
  findRuns(from: number, to: number, out: number): number
}

/** Bytes around a block of a text from elsewhere that a hit's conditions are tested on. */
export const margin = 512

// Addresses that assembly/search.ts knows as well.
export const classesAddress = 1024
export const classesBytes = 1024
const topsAddress = 2048

export const visitsAddress = 4096
const streamVisitBytes = streamVisits * 8
/** Where the tables begin whose size depends on the rules. */
export const firstAddress = visitsAddress + streamCount * streamVisitBytes

export const pageBytes = 65_536

/** Where each table begins, and what else the code must be told. */
export interface KernelLayout {
  strideBytes: number
  firstBytes: number
  overlap: number
  mostHits: number
  starts: number
  literals: number
  transitions: number
  outputs: number
  filters: number
  rests: number
  sets: number
  kinds: number
  surprises: number
  block: number
  blockBytes: number
}

/** Tables, in whatever form they are at hand. */
export interface KernelTables {
  layout: KernelLayout
  /** Writes them where the layout says; afterwards the code knows them. */
  fill(memory: ArrayBuffer, wasm: KernelExports): void
}

/**
 * An instance with room for so much input; pages that are never written cost nothing. A larger input gets another
 * instance: to grow the memory would detach its buffer, and once a thread has seen a detached buffer, V8 checks for
 * that at every access to any typed array, which made the plain JavaScript kernel a quarter slower.
 */
export function instantiate({ layout, fill }: KernelTables, module: WebAssembly.Module, inputBytes: number) {
  const { block, blockBytes } = layout
  const inputAddress = alignTo(block + blockBytes, pageBytes)
  const memory = new WebAssembly.Memory({ initial: Math.ceil((inputAddress + inputBytes) / pageBytes) })
  const { buffer } = memory
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports
  fill(buffer, wasm)
  wasm.configureHits(
    layout.transitions,
    layout.strideBytes,
    layout.firstBytes,
    layout.outputs,
    layout.filters,
    layout.rests,
    layout.sets,
    layout.kinds,
    layout.surprises,
    layout.starts,
    layout.literals,
  )
  return {
    wasm,
    memory,
    tops: new Uint32Array(buffer, topsAddress, streamCount),
    visits: new Int32Array(buffer, visitsAddress, streamCount * streamVisits * 2),
    starts: new Int32Array(buffer, layout.starts, layout.mostHits),
    literals: new Int32Array(buffer, layout.literals, layout.mostHits),
    block: new Uint8Array(buffer, block, blockBytes),
    blockAddress: block,
    inputAddress,
    inputBytes,
  }
}

export type Instance = ReturnType<typeof instantiate>

export function endOfVisits(stream: number): number {
  return visitsAddress + (stream + 1) * streamVisitBytes
}

/** Bytes of one block with what is tested around it. */
export function blockBytesFor(overlap: number): number {
  return margin + mostBlockBytes + Math.max(overlap, margin)
}

function alignTo(address: number, size: number): number {
  return Math.ceil(address / size) * size
}
