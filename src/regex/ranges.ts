import type { Ranges } from './types.ts'

/** Sorts and merges inclusive ranges, touching ones too. */
export function mergeRanges(ranges: Ranges): Ranges {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [low, high] of sorted) {
    const last = merged.at(-1)
    if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high)
    else merged.push([low, high])
  }
  return merged
}

export function uniteRanges(a: Ranges, b: Ranges): Ranges {
  return mergeRanges([...a, ...b])
}

/** What of `low`–`high` is not in `ranges`. */
export function complementRanges(ranges: Ranges, low: number, high: number): Ranges {
  const rest: [number, number][] = []
  let next = low
  for (const [from, to] of ranges) {
    if (to < low || from > high) continue
    if (from > next) rest.push([next, from - 1])
    next = Math.max(next, to + 1)
  }
  if (next <= high) rest.push([next, high])
  return rest
}

export function intersectRanges(a: Ranges, b: Ranges): Ranges {
  const common: [number, number][] = []
  for (const [low, high] of a) {
    for (const [from, to] of b) {
      if (from <= high && to >= low) common.push([Math.max(low, from), Math.min(high, to)])
    }
  }
  return common
}

export function hasRange(ranges: Ranges, low: number, high: number): boolean {
  return ranges.some(([from, to]) => from <= low && high <= to)
}

/** Number of codes. */
export function countCodes(ranges: Ranges): number {
  return ranges.reduce((sum, [low, high]) => sum + high - low + 1, 0)
}
