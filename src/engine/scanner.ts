/** Rules + content → matches. Pure: bytes come in, matches go out. */
import { detectEncoding } from '../encoding/detect-encoding.ts'
import { transcode } from '../encoding/transcode.ts'
import type { Kernel } from '../kernel/types.ts'
import { type Content, type Match, Secret, type SkipReason } from '../model.ts'
import type { CompiledRule, Program } from '../program.ts'
import { createAssignmentSearch } from './assignment-search.ts'
import type { Candidate } from './candidate.ts'
import { dropKnown } from './decoding/drop-known.ts'
import { createRegionFinder } from './decoding/find-regions.ts'
import { isChanged, type Layer, type Span, segmentAt } from './decoding/layer.ts'
import {
  type DecodedCandidate,
  type DecodingLimits,
  defaultDecodingLimits,
  type Findings,
  type SearchedText,
  searchLayers,
} from './decoding/search-layers.ts'
import { createExhaustiveIssuers } from './exhaustive-issuers.ts'
import { isCodePath } from './file-kind.ts'
import { dropSeries } from './generic/drop-series.ts'
import { isRuledOut } from './generic/judge-generic.ts'
import { isJudged } from './is-judged.ts'
import { type Checksum, createJudge, type ExplainGeneric, type JudgeGeneric } from './judge.ts'
import { Positions } from './positions.ts'
import { createRegexSearch } from './regex-search.ts'
import { keepAccompanied } from './required-neighbours.ts'
import { resolveOverlaps } from './resolve-overlaps.ts'
import { indexRules } from './rule-index.ts'
import type { Clock } from './run-regex.ts'

export interface ScannerOptions {
  checksums?: Readonly<Record<string, Checksum>>
  /** Judges values without a form of their own; without it all that may be secrets are taken for sure. */
  judgeGeneric?: JudgeGeneric
  /** Tells why the judge thinks so; matches then carry the evidence. */
  explainGeneric?: ExplainGeneric
  /** Matches below are dropped. Default 0.5. */
  minConfidence?: number
  isSelected?: (rule: CompiledRule) => boolean
  decoding?: Partial<DecodingLimits>
  /** Is told when a limit kept something of a content from being searched. */
  skipped?: (reason: SkipReason, content: Content) => void
  /** Lets the search tell a regex that is too slow on a text. */
  clock?: Clock
  /** Milliseconds after which no regex runs any more on a content; without a clock there is no such limit. */
  timeout?: number
}

export interface Scanner {
  /** Matches in the order of their position. */
  scan(content: Content): Match[]
}

/** Bytes of the head that decide whether a content is binary, as git does it. */
const BINARY_HEAD = 8000

export function createScanner(program: Program, kernel: Kernel, options: ScannerOptions = {}): Scanner {
  const { rules } = program
  const minConfidence = options.minConfidence ?? 0.5
  const isSelected = options.isSelected ?? (() => true)
  const index = indexRules(program, options.isSelected)
  const { needed, lengths } = index
  const judge = createJudge(
    rules,
    options.checksums ?? {},
    options.judgeGeneric ?? (candidate => Number(!isRuledOut(candidate))),
    options.explainGeneric,
  )
  const issuers = createExhaustiveIssuers(program.exhaustive ?? [], rules)
  const regionFinder = createRegionFinder(index.escapes, index.isOfRegex)
  const decoding = { ...defaultDecodingLimits, ...options.decoding }
  const clock = options.clock ?? (() => 0)
  const regexes = createRegexSearch(rules, index.sets, clock)
  const assignments = createAssignmentSearch(rules, index.alphabetOf, program.ofLines)
  /** Of pieces nobody knows whether they are code: they are read both ways. */
  const inCode = program.ofPieces && createAssignmentSearch(rules, index.alphabetOf, program.ofLines)
  /** Of the content that is being scanned. */
  let deadline = Infinity
  let isLate = false

  return { scan }

  function scan(content: Content): Match[] {
    const encoding = content.isText ? undefined : (content.encoding ?? detectEncoding(content.bytes))
    if (!encoding) return scanText(content)
    const { bytes, toSource, fromSource } = transcode(content.bytes, encoding)
    const { from, to } = content.reported ?? { from: 0, to: content.bytes.length }
    const reported = { from: fromSource(from), to: fromSource(to) }
    const { touching: _ofSource, ...rest } = content
    return scanText({ ...rest, bytes, reported }).map(match => ({
      ...match,
      start: toSource(match.start),
      end: toSource(match.end),
    }))
  }

  function scanText(content: Content): Match[] {
    const { path, touching } = content
    // No `Buffer`, so that V8 compiles for one class of bytes.
    const bytes = Buffer.isBuffer(content.bytes)
      ? new Uint8Array(content.bytes.buffer, content.bytes.byteOffset, content.bytes.length)
      : content.bytes
    const isCode = isCodePath(path)
    const text = {
      bytes,
      path,
      isCode,
      isBinary: !content.isText && isBinary(bytes),
      layer: undefined,
      touching,
    }
    deadline = options.timeout === undefined ? Infinity : clock() + options.timeout
    isLate = false
    const found = search(text)
    const layers = searchLayers(text, found, kernel, search, decoding)
    if (isLate) options.skipped?.('timeout', content)
    if (!layers.isComplete) options.skipped?.('decode-limit', content)
    if (found.candidates.length === 0 && layers.candidates.length === 0) return []
    const plain = found.candidates.filter(candidate => isReported(candidate, candidate.secretStart, content))
    const decoded = layers.candidates.filter(candidate =>
      isReported(candidate, candidate.place.start, content),
    )
    if (decoded.length === 0) return plain.length === 0 ? [] : toMatches(plain, [], content)
    const kept = dropKnown(plain, decoded, content.bytes, rules)
    return toMatches(kept.plain, kept.decoded, content)
  }

  function isReported({ rule: number, confidence }: Candidate, start: number, content: Content): boolean {
    const rule = rules[number]
    const { from, to } = content.reported ?? { from: 0, to: Infinity }
    return (
      rule !== undefined &&
      !rule.hidden &&
      isSelected(rule) &&
      confidence >= minConfidence &&
      start >= from &&
      start < to
    )
  }

  function search(text: SearchedText): Findings {
    const { found, regions } = findCandidates(text)
    if (found.length === 0) return regions.length === 0 ? nothing : { candidates: none, regions }
    const { layer } = text
    const fresh = layer ? found.filter(candidate => isFresh(candidate, layer)) : found
    return { candidates: resolveOverlaps(judgeAll(fresh, text), rules), regions }
  }

  /** What decoding did not touch has been judged where it stood before; others may need it beside them, though. */
  function isFresh(candidate: Candidate, layer: Layer): boolean {
    const { start, end, isOpening } = candidate
    // The lines that follow it are in the same layer.
    if (isOpening) return false
    const segment = segmentAt(layer, start, end)
    // The mark of an escape stands behind it, so that of one behind the candidate is a byte farther.
    return segment !== undefined && (isNeighbour(candidate) || isChanged(segment, start, end + 2))
  }

  function findCandidates({ bytes, isCode, isBinary, layer }: SearchedText) {
    const ofCode = isCode && !inCode
    const hits =
      isBinary && kernel.searchBinary
        ? kernel.searchBinary(bytes, bytes.length)
        : kernel.search(bytes, bytes.length, ofCode)
    if (hits.count === 0 && index.unanchored.length === 0) return { found: none, regions: none }
    const found: Candidate[] = []
    const regions = isBinary
      ? none
      : regionFinder.find({ bytes, isCode: ofCode }, hits, boundsIn(layer, bytes.length))
    let opened: Set<number> | undefined
    regexes.begin(bytes, found, deadline)
    assignments.begin(bytes, !ofCode, found)
    const foundInCode: Candidate[] = inCode ? [] : none
    if (inCode) inCode.begin(bytes, false, foundInCode)
    const { count, literals, starts } = hits
    for (let i = 0; i < count; i++) {
      const literal = literals[i]!
      const start = starts[i]!
      const end = start + lengths[literal]!
      for (const role of index.regexRolesOf(literal))
        if (!isBinary || role.inBinary) regexes.add(role, start, end)
      const names = index.assignmentRolesOf(literal)
      if (names.length > 0 && !isBinary) {
        assignments.add(names, literal, start, end)
        if (inCode) inCode.add(names, literal, start, end)
      }
      for (const rule of index.gatesOf(literal)) opened = (opened ?? new Set()).add(rule)
    }
    addOthers(found, foundInCode)
    for (const rule of index.unanchored) if (!isBinary && isOpen(rule)) regexes.addWhole(rule)
    isLate = !regexes.finish() || isLate
    return { found: found.length > 0 ? found.filter(({ rule }) => isOpen(rule)) : none, regions }

    /** A rule with keywords needs one of them somewhere in the text. */
    function isOpen(rule: number): boolean {
      return !index.isGated(rule) || opened?.has(rule) === true
    }
  }

  function judgeAll(found: readonly Candidate[], text: SearchedText): Candidate[] {
    const { touching } = text
    const asked = touching
      ? found.filter(candidate => touches(candidate, touching()) || isNeighbour(candidate))
      : found
    const single = dropSeriesOf(judgeEach(asked, text), found, text).filter(isOfUse)
    return keepAccompanied(issuers.dropFormless(single, found, text.bytes), rules, text.bytes)
  }

  /** Most values without a form are far from any secret: neither a finding nor what another rule needs beside it. */
  function isOfUse(candidate: Candidate): boolean {
    return candidate.confidence >= minConfidence || !isJudged(rules[candidate.rule]) || isNeighbour(candidate)
  }

  function judgeEach(candidates: readonly Candidate[], text: SearchedText): Candidate[] {
    const judged: Candidate[] = []
    for (const candidate of candidates) {
      const confidence = judge.judge(candidate, text)
      if (confidence === 0) continue
      candidate.confidence = confidence
      judged.push(candidate)
    }
    return judged
  }

  /** A series is told by the whole text, also where only some lines of it are asked about. */
  function dropSeriesOf(judged: Candidate[], found: readonly Candidate[], text: SearchedText): Candidate[] {
    if (program.ofPieces) return judged
    if (!text.touching) return dropSeries(judged, rules, text.bytes)
    const isFormless = ({ rule }: Candidate) => isJudged(rules[rule])
    if (!judged.some(isFormless)) return judged
    const asked = new Set(judged)
    const others = found.filter(candidate => isFormless(candidate) && !asked.has(candidate))
    const single = dropSeries([...judged, ...judgeEach(others, text)], rules, text.bytes)
    return single.filter(candidate => asked.has(candidate))
  }

  /** What others may ask for counts wherever it stands. */
  function isNeighbour({ rule }: Candidate): boolean {
    return needed.has(rules[rule]?.id ?? '')
  }

  function toMatches(
    plain: readonly Candidate[],
    decoded: readonly DecodedCandidate[],
    { bytes, firstLine, firstColumn }: Content,
  ): Match[] {
    const positions = new Positions(bytes, firstLine, firstColumn)
    const located = [
      ...plain.map(candidate => toLocated(candidate, bytes, [], candidate.secretStart, candidate.secretEnd)),
      ...decoded.map(candidate => {
        const { decoders, place } = candidate
        return toLocated(candidate, candidate.bytes, decoders, place.start, place.end)
      }),
    ]
    if (decoded.length) located.sort((a, b) => a.start - b.start || a.rule - b.rule)
    return located.map(match => ({ ...match, span: positions.spanOf(match.start, match.end) }))
  }
}

/** Of most texts. */
const none: never[] = []
const nothing: Findings = { candidates: none, regions: none }

/** Adds those that are not there yet. */
function addOthers(found: Candidate[], more: readonly Candidate[]): void {
  if (more.length === 0) return
  const keyOf = ({ rule, secretStart, secretEnd }: Candidate) => `${rule} ${secretStart} ${secretEnd}`
  const known = new Set(found.map(keyOf))
  for (const candidate of more) if (!known.has(keyOf(candidate))) found.push(candidate)
}

function touches({ start, end }: Candidate, ranges: ReturnType<NonNullable<Content['touching']>>): boolean {
  return ranges.some(({ from, to }) => start < to && end > from)
}

/** As git tells it. `Buffer` searches many bytes at a time. */
function isBinary({ buffer, byteOffset, length }: Uint8Array): boolean {
  return Buffer.from(buffer, byteOffset, Math.min(length, BINARY_HEAD)).includes(0)
}

/** A match but for its lines and columns. */
function toLocated(
  { rule, secretStart, secretEnd, confidence, nameStart, nameEnd, evidence, isOpening }: Candidate,
  bytes: Uint8Array,
  decoded: readonly string[],
  start: number,
  end: number,
): Omit<Match, 'span'> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return {
    rule,
    start,
    end,
    secret: new Secret(text.toString('utf8', secretStart, secretEnd)),
    confidence,
    decoded,
    ...(evidence ? { evidence } : {}),
    ...(isOpening ? { isOpening } : {}),
    ...(nameStart === undefined || nameEnd === undefined
      ? {}
      : { key: text.toString('utf8', nameStart, nameEnd) }),
  }
}

/** The segment that an offset lies in; a content is of one piece. */
function boundsIn(layer: Layer | undefined, length: number): (offset: number) => Span {
  const whole = { start: 0, end: length }
  return offset => (layer && segmentAt(layer, offset, offset)) ?? whole
}
