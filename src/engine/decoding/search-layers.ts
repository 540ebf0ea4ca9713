import type { Kernel } from '../../kernel/types.ts'
import type { Content } from '../../model.ts'
import type { Candidate } from '../candidate.ts'
import { type Budget, decodeRegions, decodeValues, decodeWideStrings, type Source } from './decode-layer.ts'
import type { Region } from './find-regions.ts'
import { findValues } from './find-values.ts'
import { findWideStrings } from './find-wide-strings.ts'
import { type Layer, locate, type Span, segmentAt } from './layer.ts'

/** A text as rules see it. All have all of the fields: each further shape of object costs V8 what it has compiled. */
export interface SearchedText {
  bytes: Uint8Array
  /** Judged as what it is called. */
  path: string
  /** Bare words are expressions there. */
  isCode: boolean
  isBinary: boolean
  /** How it was decoded. */
  layer: Layer | undefined
  /** Candidates elsewhere need no judgement. */
  touching: Content['touching']
}

/** A candidate in what decoders made of a content. Its offsets are those of `bytes`. */
export interface DecodedCandidate extends Candidate {
  bytes: Uint8Array
  decoders: readonly string[]
  /** Bytes of the content to show as its place, and those that it was made of. */
  place: Span
  exact: Span
}

export interface Findings {
  candidates: readonly Candidate[]
  regions: readonly Region[]
}

export interface DecodingLimits {
  depth: number
  /** Bytes to decode: so many times the content's own, and so many on top for short ones. */
  ratio: number
  bytes: number
}

export const defaultDecodingLimits: DecodingLimits = { depth: 5, ratio: 4, bytes: 16 * 1024 * 1024 }

/**
 * Decodes what can be decoded in a text, searches it, and goes on with that. Tells whether a limit left something out.
 * @param found what was found in the text itself; `search` finds the same in what is decoded
 */
export function searchLayers(
  text: SearchedText,
  found: Findings,
  kernel: Kernel,
  search: (text: SearchedText) => Findings,
  limits: DecodingLimits,
): { candidates: readonly DecodedCandidate[]; isComplete: boolean } {
  // Whoever wants nothing decoded misses nothing.
  if (limits.depth === 0) return nothing
  const budget: Budget = { bytes: text.bytes.length * limits.ratio + limits.bytes, isSpent: false }
  let deeper = decode(text, found.regions, kernel, budget)
  if (deeper.length === 0) return budget.isSpent ? { candidates: [], isComplete: false } : nothing
  const candidates: DecodedCandidate[] = []
  for (let depth = 1; deeper.length > 0 && depth <= limits.depth; depth++) {
    deeper = deeper.flatMap(text => {
      const { candidates: within, regions } = search(text)
      for (const candidate of within) candidates.push(...place(candidate, text))
      return decode(text, regions, kernel, budget)
    })
  }
  return { candidates, isComplete: deeper.length === 0 && !budget.isSpent }
}

/** Of most texts nothing is decoded. */
const nothing = { candidates: [], isComplete: true }
const noTexts: SearchedText[] = []

function decode(
  { bytes, path, isCode, isBinary, layer }: SearchedText,
  regions: readonly Region[],
  kernel: Kernel,
  budget: Budget,
): SearchedText[] {
  const runs = kernel.findRuns(bytes, bytes.length)
  if (runs.count === 0 && regions.length === 0 && !isBinary) return noTexts
  const source: Source = { bytes, layer }
  const values = findValues(bytes, bytes.length, runs)
  const unpacked = values.length > 0 && decodeValues(source, values, budget)
  const unescaped = regions.length > 0 && decodeRegions(source, regions, budget)
  const narrowed = isBinary && !layer && decodeWideStrings(source, findWideStrings(bytes), budget)
  if (!unpacked && !unescaped && !narrowed) return noTexts
  return [
    ...(unpacked ? [decodedText(unpacked, path, false, false)] : []),
    ...(unescaped ? [decodedText(unescaped, path, isCode, isBinary)] : []),
    ...(narrowed ? [decodedText(narrowed, path, isCode, isBinary)] : []),
  ]
}

function decodedText(layer: Layer, path: string, isCode: boolean, isBinary: boolean): SearchedText {
  return { bytes: layer.bytes, path, isCode, isBinary, layer, touching: undefined }
}

function place(candidate: Candidate, { bytes, layer }: SearchedText): DecodedCandidate[] {
  const segment = layer && segmentAt(layer, candidate.start, candidate.end)
  if (!segment) return []
  const secret = { start: candidate.secretStart, end: candidate.secretEnd }
  return [
    {
      ...candidate,
      bytes,
      decoders: segment.decoders,
      place: locate(segment, secret, 'place'),
      exact: locate(segment, secret, 'exact'),
    },
  ]
}
