import type { Runs } from './types.ts'

/** A run with fewer characters encodes fewer than 18 bytes: too few for a secret and what tells that it is one. */
export const shortestRun = 24

/** Runs that are appended block by block, and are reused from one search to the next. */
export interface RunList extends Runs {
  clear(): void
  /**
   * Appends the pairs of start and end in `pairs[0 .. length)`, to which `offset` is added. A run that begins where
   * the last one ends is its continuation.
   */
  append(pairs: Int32Array, length: number, offset: number): void
  /** Drops runs that are too short, which a block reports when they touch its edge. */
  dropShort(): void
}

export function createRunList(): RunList {
  const runs: RunList = {
    count: 0,
    starts: new Int32Array(256),
    ends: new Int32Array(256),
    clear() {
      runs.count = 0
    },
    append(pairs, length, offset) {
      const needed = runs.count + length / 2
      if (needed > runs.starts.length) {
        runs.starts = grow(runs.starts, needed * 2)
        runs.ends = grow(runs.ends, needed * 2)
      }
      for (let i = 0; i < length; i += 2) add(pairs[i]! + offset, pairs[i + 1]! + offset)
    },
    dropShort() {
      let kept = 0
      for (let i = 0; i < runs.count; i++) {
        if (runs.ends[i]! - runs.starts[i]! < shortestRun) continue
        runs.starts[kept] = runs.starts[i]!
        runs.ends[kept++] = runs.ends[i]!
      }
      runs.count = kept
    },
  }
  return runs

  function add(start: number, end: number): void {
    const last = runs.count - 1
    if (last >= 0 && runs.ends[last] === start) {
      runs.ends[last] = end
      return
    }
    runs.starts[runs.count] = start
    runs.ends[runs.count++] = end
  }
}

function grow(entries: Int32Array, capacity: number): Int32Array {
  const larger = new Int32Array(capacity)
  larger.set(entries)
  return larger
}
