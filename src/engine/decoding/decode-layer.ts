/** Makes layers of a text: all that decoders can read in it, as one text with the ways back. */
import type { Region } from './find-regions.ts'
import type { EncodedValue } from './find-values.ts'
import { runDecoders } from './index.ts'
import { isChanged, type Layer, type Segment, type Span, segmentAt } from './layer.ts'
import { TextBuilder } from './text-builder.ts'
import { undoEscapes } from './undo-escapes.ts'
import { unpackValue } from './unpack-value.ts'

/** Bytes that may still be decoded for one content. */
export interface Budget {
  bytes: number
  /** Something was left out for want of budget. */
  isSpent: boolean
}

/** A text to decode; `layer` says how it was decoded itself. */
export interface Source {
  bytes: Uint8Array
  layer: Layer | undefined
}

/** Between two segments: nothing that a rule looks for goes over it. */
const separator = Buffer.from('\n\0\n')

/** The regions without their escapes. */
export function decodeRegions(source: Source, regions: Iterable<Region>, budget: Budget): Layer | undefined {
  const draft = createDraft(source.layer)
  for (const { decoders, start, end } of regions) {
    if (!isNew(source, start, end) || !spend(budget, end - start)) continue
    const names = undoEscapes(decoders, source.bytes, start, end, text)
    draft.close({ start, end }, names, text.takeMarks(), { width: 1, isWhole: false })
  }
  return draft.finish()
}

/** What the values hold. */
export function decodeValues(
  source: Source,
  values: Iterable<EncodedValue>,
  budget: Budget,
): Layer | undefined {
  const draft = createDraft(source.layer)
  for (const value of values) {
    const start = value.pieces[0]!
    const end = value.pieces[value.pieces.length - 1]!
    if (!isNew(source, start, end) || !spend(budget, end - start)) continue
    const unpacked = unpackValue(source.bytes, value, budget.bytes)
    if (!unpacked) {
      budget.isSpent = true
      continue
    }
    const from = text.length
    text.append(unpacked.bytes)
    budget.bytes -= unpacked.bytes.length
    const marks = unpacked.marks.map((offset, i) => (i % 2 ? offset : offset + from))
    const { width } = runDecoders[value.decoder]
    draft.close({ start, end }, unpacked.decoders, marks, { width, isWhole: true })
  }
  return draft.finish()
}

/** One for all: a layer takes a copy of its bytes, and then the next one is made. */
const text = new TextBuilder()

/** The texts of UTF-16 in binary content. */
export function decodeWideStrings(
  { bytes }: Source,
  spans: Iterable<Span>,
  budget: Budget,
): Layer | undefined {
  const draft = createDraft(undefined)
  for (const span of spans) {
    if (!spend(budget, span.end - span.start)) continue
    text.mark(span.start)
    for (let at = span.start; at < span.end; at += 2) text.push(bytes[at]!)
    draft.close(span, ['utf-16le'], text.takeMarks(), { width: 2, isWhole: false })
  }
  return draft.finish()
}

function createDraft(below: Layer | undefined) {
  const segments: Segment[] = []
  let from = 0
  return { close, finish }

  /** What was appended since the last call is a segment. */
  function close(
    source: Span,
    decoders: readonly string[],
    marks: readonly number[],
    kind: Pick<Segment, 'width' | 'isWhole'>,
  ): void {
    const parent = below && segmentAt(below, source.start, source.end)
    const chain = [...(parent?.decoders ?? []), ...decoders]
    segments.push({ start: from, end: text.length, source, decoders: chain, below: parent, marks, ...kind })
    text.append(separator)
    from = text.length
  }

  function finish(): Layer | undefined {
    return segments.length ? { bytes: text.takeBytes(), segments } : undefined
  }
}

/** Of a decoded text only what lies in one segment, and was not there before it was decoded. */
function isNew({ layer }: Source, start: number, end: number): boolean {
  if (!layer) return true
  const segment = segmentAt(layer, start, end)
  return segment !== undefined && isChanged(segment, start, end)
}

function spend(budget: Budget, count: number): boolean {
  if (budget.bytes < count) {
    budget.isSpent = true
    return false
  }
  budget.bytes -= count
  return true
}
