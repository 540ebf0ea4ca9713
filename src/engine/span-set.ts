/** Spans are filed under each stretch of this many bytes that they touch, so that a span is compared with few others. */
const STRETCH = 256

/** Spans of a text, start inclusive and end exclusive. */
export interface SpanSet {
  add(start: number, end: number): void
  /** Whether one of the spans has a byte in common with this one. */
  touches(start: number, end: number): boolean
}

export function createSpanSet(): SpanSet {
  const spans = new Map<number, [start: number, end: number][]>()
  return { add, touches }

  function add(start: number, end: number): void {
    for (const stretch of stretchesOf(start, end)) {
      const here = spans.get(stretch)
      if (here) here.push([start, end])
      else spans.set(stretch, [[start, end]])
    }
  }

  function touches(start: number, end: number): boolean {
    return stretchesOf(start, end).some(stretch =>
      spans.get(stretch)?.some(([from, to]) => from < end && start < to),
    )
  }
}

function stretchesOf(start: number, end: number): number[] {
  const first = Math.floor(start / STRETCH)
  const last = Math.floor((Math.max(end, start + 1) - 1) / STRETCH)
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}
