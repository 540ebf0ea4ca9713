import { chooseBlockSize, chooseInterleaving, findOverlap, mostBlockBytes, streamCount } from './blocks.ts'
import { createRunList } from './run-list.ts'
import { tablesOfAutomaton } from './tables-of-automaton.ts'
import type { Automaton, Hits, Kernel, KernelOptions } from './types.ts'
import { endOfVisits, instantiate, type KernelTables, margin, visitsAddress } from './wasm-memory.ts'

const firstInputBytes = 16 * 1024 * 1024
/**
 * So many bytes are searched in one stream at first: to compile the code of eight takes V8 as long as it then saves
 * (bench/README.md, Hook).
 */
const COLD_BYTES = 1024 * 1024

/** The kernel in WebAssembly; `module` is what scripts/build-kernel.ts makes of `assembly/`. */
export function createWasmKernel(
  automaton: Automaton,
  module: WebAssembly.Module,
  options: KernelOptions = {},
): Kernel {
  const tables = tablesOfAutomaton(automaton, options.filter, findOverlap(automaton))
  return createKernelOn(tables, module, options)
}

/** The same on tables that are at hand already: the filter is in them. */
export function createKernelOn(
  tables: KernelTables,
  module: WebAssembly.Module,
  options: Pick<KernelOptions, 'interleaveFrom'> = {},
): Kernel {
  const { overlap } = tables.layout
  const interleaveFrom = chooseInterleaving(overlap, options.interleaveFrom ?? 1024)
  const hits: Hits = { count: 0, starts: new Int32Array(1024), literals: new Int32Array(1024) }
  const runs = createRunList()
  let cold = options.interleaveFrom === undefined ? COLD_BYTES : 0
  let instance = instantiate(tables, module, firstInputBytes)
  /** The last view that was given out: mostly as much is asked for again. */
  let input = new Uint8Array(0)

  return {
    name: 'wasm',
    input(capacity) {
      if (capacity > instance.inputBytes) {
        const larger = Math.max(capacity, 2 * instance.inputBytes)
        instance = instantiate(tables, module, larger)
      }
      const { buffer } = instance.memory
      if (input.length !== capacity || input.buffer !== buffer)
        input = new Uint8Array(buffer, instance.inputAddress, capacity)
      return input
    },
    search(bytes, length, isCode = false) {
      if (length > bytes.length) throw new RangeError(`Cannot search ${length} of ${bytes.length} bytes`)
      hits.count = 0
      instance.wasm.beginText(isCode)
      const blockSize = chooseBlockSize(length)
      for (let from = 0; from < length; from += blockSize) {
        searchBlock(bytes, length, from, Math.min(blockSize, length - from))
      }
      return hits
    },
    findRuns(bytes, length) {
      runs.clear()
      const { wasm, memory, block, blockAddress, visits } = instance
      const isOurs = bytes.buffer === memory.buffer
      for (let from = 0; from < length; from += mostBlockBytes) {
        const size = Math.min(mostBlockBytes, length - from)
        if (!isOurs) block.set(bytes.subarray(from, from + size))
        const address = isOurs ? bytes.byteOffset + from : blockAddress
        // A search's visits are of no use any more, so the runs of a block are written there.
        const end = wasm.findRuns(address, address + size, visitsAddress)
        runs.append(visits, (end - visitsAddress) / 4, from)
      }
      runs.dropShort()
      return runs
    },
  }

  function searchBlock(bytes: Uint8Array, length: number, from: number, size: number): void {
    const { wasm, tops, memory, blockAddress } = instance
    const isOurs = bytes.buffer === memory.buffer
    const before = isOurs ? from : Math.min(from, margin)
    const after = isOurs ? length - from : Math.min(length - from, size + Math.max(overlap, margin))
    if (!isOurs) instance.block.set(bytes.subarray(from - before, from + after))
    const address = isOurs ? bytes.byteOffset + from : blockAddress + before
    for (let stream = 0; stream < streamCount; stream++) tops[stream] = endOfVisits(stream)
    const isShort = size < interleaveFrom || cold > 0
    if (cold > 0) cold -= size
    const reach = address + Math.min(size + overlap, length - from)
    if (isShort) wasm.searchOne(address, address + size, reach)
    else wasm.searchEight(address, address + size, reach)
    wasm.beginBlock(address - before, address + after, !isOurs)
    for (let stream = isShort ? streamCount - 1 : 0; stream < streamCount; stream++) {
      wasm.collect(tops[stream]!, endOfVisits(stream), address, from)
    }
    append(wasm.finishBlock(from + size < length ? from + size : 0x7fff_ffff))
  }

  /** Adds the hits of a block to those before it. */
  function append(count: number): void {
    const total = hits.count + count
    if (total > hits.starts.length) {
      hits.starts = grow(hits.starts, total * 2)
      hits.literals = grow(hits.literals, total * 2)
    }
    const { starts, literals } = instance
    for (let i = 0; i < count; i++) {
      hits.starts[hits.count + i] = starts[i]!
      hits.literals[hits.count + i] = literals[i]!
    }
    hits.count = total
  }
}

function grow(entries: Int32Array, capacity: number): Int32Array {
  const larger = new Int32Array(capacity)
  larger.set(entries)
  return larger
}
