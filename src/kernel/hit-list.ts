import type { Automaton, Hits } from './types.ts'

/** Hits that grow with what is appended, and are reused from one search to the next. */
export interface HitList extends Hits {
  clear(): void
  /**
   * Appends the literals of `visits[from .. to)`: pairs of a start, to which `offset` is added, and the number of
   * entries from the first accepting state to the one that the automaton was in.
   */
  append(visits: Int32Array, from: number, to: number, offset: number): void
}

export function createHitList({ transitions, firstAccepting, stride, outputs }: Automaton): HitList {
  const outputsOf = firstAccepting + stride - 1
  const hits: HitList = {
    count: 0,
    starts: new Int32Array(1024),
    literals: new Int32Array(1024),
    clear() {
      hits.count = 0
    },
    append(visits, from, to, offset) {
      let { count, starts, literals } = hits
      for (let visit = from; visit < to; visit += 2) {
        const start = visits[visit]! + offset
        const first = transitions[visits[visit + 1]! + outputsOf]!
        const last = first + outputs[first]!
        if (count + last - first > starts.length) {
          const capacity = starts.length * 2 + last - first
          starts = hits.starts = grow(starts, capacity)
          literals = hits.literals = grow(literals, capacity)
        }
        for (let output = first + 1; output <= last; output++) {
          starts[count] = start
          literals[count++] = outputs[output]!
        }
      }
      hits.count = count
    },
  }
  return hits
}

function grow(entries: Int32Array, capacity: number): Int32Array {
  const larger = new Int32Array(capacity)
  larger.set(entries)
  return larger
}
