import { foldCase } from './fold-case.ts'
import type { Automaton, Hits } from './types.ts'

/** Hits that grow with what is appended, and are reused from one search to the next. */
export interface HitList extends Hits {
  clear(): void
  /**
   * Appends the literals of `visits[from .. to)`: pairs of a start, to which `offset` is added, and the number of
   * entries from the first accepting state to the one that the automaton was in. `text` holds the bytes that the starts
   * count in, as far as the literals can reach.
   */
  append(visits: Int32Array, from: number, to: number, offset: number, text: Uint8Array): void
}

export function createHitList(automaton: Automaton): HitList {
  const { transitions, firstAccepting, stride, outputs } = automaton
  const restStands = createRestTest(automaton)
  const outputsOf = firstAccepting + stride - 1
  const hits: HitList = {
    count: 0,
    starts: new Int32Array(1024),
    literals: new Int32Array(1024),
    clear() {
      hits.count = 0
    },
    append(visits, from, to, offset, text) {
      let { count, starts, literals } = hits
      for (let visit = from; visit < to; visit += 2) {
        const start = visits[visit]!
        const first = transitions[visits[visit + 1]! + outputsOf]!
        const last = first + outputs[first]!
        if (count + last - first > starts.length) {
          const capacity = starts.length * 2 + last - first
          starts = hits.starts = grow(starts, capacity)
          literals = hits.literals = grow(literals, capacity)
        }
        for (let output = first + 1; output <= last; output++) {
          const literal = outputs[output]!
          if (!restStands(literal, text, start)) continue
          starts[count] = start + offset
          literals[count++] = literal
        }
      }
      hits.count = count
    },
  }
  return hits
}

/** Whether behind the key of a literal at `start` the rest of it stands. */
function createRestTest({ lengths, keyLengths, texts }: Automaton) {
  const ends = new Int32Array(lengths.length)
  let end = 0
  for (const [id, length] of lengths.entries()) ends[id] = end += length
  return (literal: number, text: Uint8Array, start: number): boolean => {
    const length = lengths[literal]!
    const from = keyLengths[literal]!
    if (from === length) return true
    if (start + length > text.length) return false
    const first = ends[literal]! - length
    for (let at = from; at < length; at++) {
      if (foldCase(text[start + at]!) !== texts[first + at]) return false
    }
    return true
  }
}

function grow(entries: Int32Array, capacity: number): Int32Array {
  const larger = new Int32Array(capacity)
  larger.set(entries)
  return larger
}
