import {
  chooseBlockSize,
  chooseInterleaving,
  findOverlap,
  mostBlockBytes,
  streamCount,
  streamVisits,
} from './blocks.ts'
import { createHitList } from './hit-list.ts'
import { findRuns } from './js-runs.ts'
import { createVisits, searchEight, searchOne } from './js-search.ts'
import { createRunList } from './run-list.ts'
import type { Automaton, Kernel, KernelOptions } from './types.ts'

/** The kernel in plain JavaScript. */
export function createJsKernel(automaton: Automaton, options: KernelOptions = {}): Kernel {
  const overlap = findOverlap(automaton)
  const interleaveFrom = chooseInterleaving(overlap, options.interleaveFrom ?? 1024)
  const hits = createHitList(automaton)
  const visits = createVisits()
  const runs = createRunList()
  const block = new Int32Array(Math.ceil((mostBlockBytes + overlap) / 4))
  const blockBytes = new Uint8Array(block.buffer)
  let input = new Uint8Array(0)

  return {
    name: 'js',
    input(capacity) {
      if (input.length < capacity) input = new Uint8Array(capacity)
      return input.subarray(0, capacity)
    },
    search(bytes, length) {
      if (length > bytes.length) throw new RangeError(`Cannot search ${length} of ${bytes.length} bytes`)
      hits.clear()
      const blockSize = chooseBlockSize(length)
      for (let from = 0; from < length; from += blockSize) {
        const size = Math.min(blockSize, length - from)
        const reach = Math.min(size + overlap, length - from)
        blockBytes.set(bytes.subarray(from, from + reach))
        searchBlock(size, reach, from)
      }
      return hits
    },
    findRuns(bytes, length) {
      runs.clear()
      findRuns(bytes, length, runs)
      return runs
    },
  }

  function searchBlock(size: number, reach: number, offset: number): void {
    const { entries, tops } = visits
    for (let stream = 0; stream < streamCount; stream++) tops[stream] = endOfVisits(stream)
    const isShort = size < interleaveFrom
    const text = blockBytes.subarray(0, reach)
    if (isShort) searchOne(automaton, blockBytes, size, reach, visits)
    else searchEight(automaton, block, blockBytes, size, reach, overlap, visits)
    for (let stream = isShort ? streamCount - 1 : 0; stream < streamCount; stream++) {
      hits.append(entries, tops[stream]!, endOfVisits(stream), offset, text)
    }
  }
}

function endOfVisits(stream: number): number {
  return (stream + 1) * streamVisits * 2
}
