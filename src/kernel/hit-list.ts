import type { Hits } from './types.ts'

/** Hits that grow with what is appended, and are reused from one search to the next. */
export interface HitList extends Hits {
  clear(): void
  /** Appends `starts[from .. to)`, each plus `offset`, and `literals[from .. to)`. */
  append(starts: Int32Array, literals: Int32Array, from: number, to: number, offset: number): void
}

export function createHitList(): HitList {
  return {
    count: 0,
    starts: new Int32Array(1024),
    literals: new Int32Array(1024),
    clear() {
      this.count = 0
    },
    append(starts, literals, from, to, offset) {
      let count = this.count
      if (count + to - from > this.starts.length) {
        this.starts = grow(this.starts, count + to - from)
        this.literals = grow(this.literals, count + to - from)
      }
      const { starts: toStarts, literals: toLiterals } = this
      for (let index = from; index < to; index++) {
        toStarts[count] = starts[index]! + offset
        toLiterals[count++] = literals[index]!
      }
      this.count = count
    },
  }
}

function grow(entries: Int32Array, least: number): Int32Array {
  const larger = new Int32Array(Math.max(entries.length * 2, least))
  larger.set(entries)
  return larger
}
