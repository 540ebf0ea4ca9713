import { createHitList } from './hit-list.ts'
import { chooseBlockSize, planBlocks, streamCount } from './plan-blocks.ts'
import type { Automaton, Kernel } from './types.ts'

export interface KernelOptions {
  /** Blocks from this size on are searched as eight streams side by side. */
  interleaveFrom?: number
}

/** The kernel in plain JavaScript. */
export function createJsKernel(automaton: Automaton, options: KernelOptions = {}): Kernel {
  const { classes, transitions, firstAccepting, outputs } = automaton
  const outputsEntry = automaton.stride - 1
  const plan = planBlocks(automaton)
  const { overlap, streamHits } = plan
  const interleaveFrom = Math.max(options.interleaveFrom ?? 1024, streamCount * (overlap + 1))
  const found = createHitList()
  // Each stream fills its part of these from the end, as it goes through the text from the end.
  const starts = new Int32Array(streamCount * streamHits)
  const literals = new Int32Array(streamCount * streamHits)
  const tops = new Int32Array(streamCount)
  let inputBytes = new Uint8Array(0)

  return {
    name: 'js',
    input(capacity) {
      if (inputBytes.length < capacity) inputBytes = new Uint8Array(capacity)
      return inputBytes.subarray(0, capacity)
    },
    search(bytes, length) {
      if (length > bytes.length) throw new RangeError(`Cannot search ${length} of ${bytes.length} bytes`)
      found.clear()
      const blockSize = chooseBlockSize(length, plan)
      for (let from = 0; from < length; from += blockSize) {
        const to = Math.min(from + blockSize, length)
        const end = Math.min(to + overlap, length)
        for (let stream = 0; stream < streamCount; stream++) tops[stream] = (stream + 1) * streamHits
        if (to - from < interleaveFrom) {
          searchOne(bytes, from, to, end)
          found.append(starts, literals, tops[streamCount - 1]!, starts.length, 0)
        } else {
          searchEight(bytes, from, to, end)
          for (let stream = 0; stream < streamCount; stream++) {
            found.append(starts, literals, tops[stream]!, (stream + 1) * streamHits, 0)
          }
        }
      }
      return found
    },
  }

  /** Searches `bytes[from .. to)`; bytes up to `end` may belong to a literal that starts in there. */
  function searchOne(bytes: Uint8Array, from: number, to: number, end: number): void {
    const table = transitions
    const classOf = classes
    const accepting = firstAccepting
    let state = 0
    for (let at = end - 1; at >= to; at--) state = table[state + classOf[bytes[at]!]!]!
    for (let at = to - 1; at >= from; at--) {
      state = table[state + classOf[bytes[at]!]!]!
      if (state >= accepting) emit(streamCount - 1, at, state)
    }
  }

  /** As `searchOne`. Each of the eight streams first runs through the bytes that its literals can reach into. */
  function searchEight(bytes: Uint8Array, from: number, to: number, end: number): void {
    const table = transitions
    const classOf = classes
    const accepting = firstAccepting
    const size = (to - from) >> 3
    const from1 = from + size
    const from2 = from1 + size
    const from3 = from2 + size
    const from4 = from3 + size
    const from5 = from4 + size
    const from6 = from5 + size
    const from7 = from6 + size
    let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0]

    for (let at = end - 1; at >= to; at--) s7 = table[s7 + classOf[bytes[at]!]!]!
    for (let at = to - 1; at >= from7 + size; at--) {
      s7 = table[s7 + classOf[bytes[at]!]!]!
      if (s7 >= accepting) emit(7, at, s7)
    }
    for (let at = size + overlap - 1; at >= size; at--) {
      s0 = table[s0 + classOf[bytes[from + at]!]!]!
      s1 = table[s1 + classOf[bytes[from1 + at]!]!]!
      s2 = table[s2 + classOf[bytes[from2 + at]!]!]!
      s3 = table[s3 + classOf[bytes[from3 + at]!]!]!
      s4 = table[s4 + classOf[bytes[from4 + at]!]!]!
      s5 = table[s5 + classOf[bytes[from5 + at]!]!]!
      s6 = table[s6 + classOf[bytes[from6 + at]!]!]!
    }
    for (let at = size - 1; at >= 0; at--) {
      s0 = table[s0 + classOf[bytes[from + at]!]!]!
      s1 = table[s1 + classOf[bytes[from1 + at]!]!]!
      s2 = table[s2 + classOf[bytes[from2 + at]!]!]!
      s3 = table[s3 + classOf[bytes[from3 + at]!]!]!
      s4 = table[s4 + classOf[bytes[from4 + at]!]!]!
      s5 = table[s5 + classOf[bytes[from5 + at]!]!]!
      s6 = table[s6 + classOf[bytes[from6 + at]!]!]!
      s7 = table[s7 + classOf[bytes[from7 + at]!]!]!
      if (s0 >= accepting) emit(0, from + at, s0)
      if (s1 >= accepting) emit(1, from1 + at, s1)
      if (s2 >= accepting) emit(2, from2 + at, s2)
      if (s3 >= accepting) emit(3, from3 + at, s3)
      if (s4 >= accepting) emit(4, from4 + at, s4)
      if (s5 >= accepting) emit(5, from5 + at, s5)
      if (s6 >= accepting) emit(6, from6 + at, s6)
      if (s7 >= accepting) emit(7, from7 + at, s7)
    }
  }

  function emit(stream: number, start: number, state: number): void {
    let output = transitions[state + outputsEntry]!
    const last = output + outputs[output]!
    let top = tops[stream]!
    while (output < last) {
      starts[--top] = start
      literals[top] = outputs[++output]!
    }
    tops[stream] = top
  }
}
