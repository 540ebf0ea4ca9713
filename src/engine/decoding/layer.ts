/** A decoded piece of a text: where it stands in its own layer, and what it was made of. */
export interface Segment {
  start: number
  end: number
  /** The bytes of the layer below that it stands for. */
  source: Span
  /** Names of the decoders that led here, outermost first. */
  decoders: readonly string[]
  /** The segment of the layer below that the source is part of; none where that is the content itself. */
  below: Segment | undefined
  /** Pairs of an offset in the layer and one in the source, ascending; from one to the next a byte takes `width` bytes. */
  marks: readonly number[]
  width: number
  /** Nothing of the source can be read, so the place of whatever is in it is the whole of it. */
  isWhole: boolean
}

/** Everything that decoders made of one text, searched as one text. */
export interface Layer {
  bytes: Uint8Array
  /** In order, with something between them that no secret holds. */
  segments: readonly Segment[]
}

/** Offsets of bytes, the end exclusive. */
export interface Span {
  start: number
  end: number
}

/** The segment that a span lies in; undefined when it lies in none or reaches over its end. */
export function segmentAt({ segments }: Layer, start: number, end: number): Segment | undefined {
  const segment = segments[countUpTo(segments.length, i => segments[i]!.start <= start) - 1]
  return segment && end <= segment.end ? segment : undefined
}

/** Where a span of a segment stands in the content: as a place to show, or as exactly as it can be told. */
export function locate(segment: Segment, { start, end }: Span, precision: 'place' | 'exact'): Span {
  const { below, source } = segment
  const isWhole = segment.isWhole && (precision === 'place' || segment.marks.length === 0)
  const span = isWhole ? source : { start: toSource(segment, start), end: endToSource(segment, end) }
  return below ? locate(below, span, precision) : span
}

/** Whether decoding changed anything there: else the decoders have seen the same one layer below. */
export function isChanged({ marks, isWhole, width }: Segment, start: number, end: number): boolean {
  if (isWhole || width !== 1) return true
  // The first mark is the beginning; every other one follows an escape.
  const before = Math.max(
    1,
    countUpTo(marks.length / 2, i => marks[i * 2]! < start),
  )
  return before < marks.length / 2 && marks[before * 2]! < end
}

function toSource({ marks, width, source }: Segment, offset: number): number {
  const passed = countUpTo(marks.length / 2, i => marks[i * 2]! <= offset)
  if (passed === 0) return source.start
  const last = (passed - 1) * 2
  return Math.min(source.end, marks[last + 1]! + Math.floor((offset - marks[last]!) * width))
}

/** An end right before an escape that stands for nothing does not take it in. */
function endToSource({ marks, width, source }: Segment, offset: number): number {
  const before = countUpTo(marks.length / 2, i => marks[i * 2]! < offset)
  if (marks[before * 2] === offset) return marks[before * 2 + 1]!
  if (before === 0) return source.start
  const last = (before - 1) * 2
  return Math.min(source.end, marks[last + 1]! + Math.ceil((offset - marks[last]!) * width))
}

/** How many of the first `count` numbers satisfy what holds for a beginning of them only. */
function countUpTo(count: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low
}
