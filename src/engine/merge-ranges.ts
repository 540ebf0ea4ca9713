/** Bytes `from .. to` of a text. */
export interface Range {
  from: number
  to: number
}

/**
 * Adds a range to those before it, which are in order of `from`; one that touches the last becomes part of it, unless
 * that one has `most` bytes already: then they overlap.
 */
export function addRange(ranges: Range[], { from, to }: Range, most = Infinity): void {
  const last = ranges.at(-1)
  if (last && from <= last.to && last.to - last.from < most) {
    last.from = Math.min(last.from, from)
    last.to = Math.max(last.to, to)
  } else {
    ranges.push({ from, to })
  }
}
