import {
  chooseBlockSize,
  chooseInterleaving,
  findOverlap,
  mostBlockBytes,
  streamCount,
  streamVisits,
} from './blocks.ts'
import { createHitList } from './hit-list.ts'
import { createRunList } from './run-list.ts'
import type { Automaton, Kernel, KernelOptions } from './types.ts'

/** The exports of `assembly/search.ts` and `assembly/runs.ts`. */
interface SearchExports {
  configure(table: number, tableBytes: number, firstAccepting: number, overlap: number): void
  searchOne(from: number, to: number, end: number): void
  searchEight(from: number, to: number, end: number): void
  findRuns(from: number, to: number, out: number): number
}

// Addresses that assembly/search.ts knows as well.
const classesAddress = 1024
const topsAddress = 2048

const visitsAddress = 4096
const streamVisitBytes = streamVisits * 8
const tableAddress = visitsAddress + streamCount * streamVisitBytes

const pageBytes = 65_536
const firstInputBytes = 16 * 1024 * 1024

/**
 * The kernel in WebAssembly; `module` is compiled from `assembly/search.ts` and `assembly/runs.ts`. Its memory holds, in this order, the
 * visits of one block, the tables, one block of bytes from elsewhere, and the input.
 */
export function createWasmKernel(
  automaton: Automaton,
  module: WebAssembly.Module,
  options: KernelOptions = {},
): Kernel {
  const overlap = findOverlap(automaton)
  const interleaveFrom = chooseInterleaving(overlap, options.interleaveFrom ?? 1024)
  const hits = createHitList(automaton)
  const runs = createRunList()
  let instance = instantiate(automaton, module, overlap, firstInputBytes)

  return {
    name: 'wasm',
    input(capacity) {
      if (capacity > instance.inputBytes) {
        instance = instantiate(automaton, module, overlap, Math.max(capacity, 2 * instance.inputBytes))
      }
      return new Uint8Array(instance.memory.buffer, instance.inputAddress, capacity)
    },
    search(bytes, length) {
      if (length > bytes.length) throw new RangeError(`Cannot search ${length} of ${bytes.length} bytes`)
      hits.clear()
      const { memory, block, blockAddress } = instance
      const isOurs = bytes.buffer === memory.buffer
      const blockSize = chooseBlockSize(length)
      for (let from = 0; from < length; from += blockSize) {
        const size = Math.min(blockSize, length - from)
        const reach = Math.min(size + overlap, length - from)
        if (!isOurs) block.set(bytes.subarray(from, from + reach))
        searchBlock(isOurs ? bytes.byteOffset + from : blockAddress, size, reach, from)
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

  function searchBlock(address: number, size: number, reach: number, offset: number): void {
    const { wasm, tops, visits } = instance
    for (let stream = 0; stream < streamCount; stream++) tops[stream] = endOfVisits(stream)
    const isShort = size < interleaveFrom
    if (isShort) wasm.searchOne(address, address + size, address + reach)
    else wasm.searchEight(address, address + size, address + reach)
    for (let stream = isShort ? streamCount - 1 : 0; stream < streamCount; stream++) {
      const first = (tops[stream]! - visitsAddress) / 4
      const end = (endOfVisits(stream) - visitsAddress) / 4
      hits.append(visits, first, end, offset)
    }
  }
}

/**
 * An instance with room for so much input; pages that are never written cost nothing. A larger input gets another
 * instance: to grow the memory would detach its buffer, and once a thread has seen a detached buffer, V8 checks for
 * that at every access to any typed array, which made the plain JavaScript kernel a quarter slower.
 */
function instantiate(automaton: Automaton, module: WebAssembly.Module, overlap: number, inputBytes: number) {
  const { classes, transitions, firstAccepting } = automaton
  const blockAddress = tableAddress + transitions.byteLength
  const inputAddress = Math.ceil((blockAddress + mostBlockBytes + overlap) / pageBytes) * pageBytes
  const memory = new WebAssembly.Memory({ initial: Math.ceil((inputAddress + inputBytes) / pageBytes) })
  const { buffer } = memory
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as SearchExports
  new Int32Array(buffer, classesAddress, classes.length).set(classes)
  new Int32Array(buffer, tableAddress, transitions.length).set(transitions)
  wasm.configure(tableAddress, transitions.byteLength, firstAccepting, overlap)
  return {
    wasm,
    memory,
    tops: new Uint32Array(buffer, topsAddress, streamCount),
    visits: new Int32Array(buffer, visitsAddress, streamCount * streamVisits * 2),
    block: new Uint8Array(buffer, blockAddress, mostBlockBytes + overlap),
    blockAddress,
    inputAddress,
    inputBytes,
  }
}

function endOfVisits(stream: number): number {
  return visitsAddress + (stream + 1) * streamVisitBytes
}
