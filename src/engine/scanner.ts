/** Rules + content → matches. Pure: bytes come in, matches go out. */
import { detectEncoding } from '../encoding/detect-encoding.ts'
import { transcode } from '../encoding/transcode.ts'
import type { Kernel } from '../kernel/types.ts'
import { type Content, type Match, Secret } from '../model.ts'
import type { CompiledRule, Program } from '../program.ts'
import { createAssignmentSearch } from './assignment-search.ts'
import type { Candidate } from './candidate.ts'
import { isCodePath } from './file-kind.ts'
import { type Checksum, createJudge } from './judge.ts'
import { Positions } from './positions.ts'
import { createRegexSearcher } from './regex-search.ts'
import { hasNeighbours } from './required-neighbours.ts'
import { resolveOverlaps } from './resolve-overlaps.ts'
import { indexRules } from './rule-index.ts'

export interface ScannerOptions {
  checksums?: Readonly<Record<string, Checksum>>
  /** Matches below are dropped. Default 0.5. */
  minConfidence?: number
  isSelected?: (rule: CompiledRule) => boolean
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
  const needed = new Set(rules.filter(isSelected).flatMap(rule => rule.required.map(({ rule: id }) => id)))
  const index = indexRules(program, rule => isSelected(rule) || needed.has(rule.id))
  const judge = createJudge(rules, options.checksums ?? {})
  const regexSearcher = createRegexSearcher(rules)

  return { scan }

  function scan(content: Content): Match[] {
    const encoding = content.encoding ?? detectEncoding(content.bytes)
    if (!encoding) return scanText(content)
    const { bytes, toSource, fromSource } = transcode(content.bytes, encoding)
    const { from, to } = content.reported ?? { from: 0, to: content.bytes.length }
    const reported = { from: fromSource(from), to: fromSource(to) }
    return scanText({ ...content, bytes, reported }).map(match => ({
      ...match,
      start: toSource(match.start),
      end: toSource(match.end),
    }))
  }

  function scanText(content: Content): Match[] {
    const candidates = resolveOverlaps(judgeAll(findCandidates(content), content), rules)
    if (candidates.length === 0) return []
    return toMatches(candidates.filter(isReported), content)

    function isReported(candidate: Candidate): boolean {
      const rule = rules[candidate.rule]
      const { from, to } = content.reported ?? { from: 0, to: Infinity }
      return (
        rule !== undefined &&
        !rule.hidden &&
        isSelected(rule) &&
        candidate.confidence >= minConfidence &&
        candidate.secretStart >= from &&
        candidate.secretStart < to
      )
    }
  }

  function findCandidates({ bytes, path }: Content): Candidate[] {
    const hits = kernel.search(bytes, bytes.length)
    const found: Candidate[] = []
    if (hits.count === 0 && index.unanchored.length === 0) return found
    const isBinary = bytes.subarray(0, BINARY_HEAD).includes(0)
    const regexes = regexSearcher.begin(bytes, found)
    const addAssignment = createAssignmentSearch(rules, index.alphabets, bytes, !isCodePath(path), found)
    const opened = new Set<number>()
    for (let i = 0; i < hits.count; i++) {
      const literal = hits.literals[i] ?? 0
      const start = hits.starts[i] ?? 0
      const end = start + (program.literals[literal]?.length ?? 0)
      for (const role of index.regexRoles[literal] ?? []) {
        if (!isBinary || rules[role.rule]?.fixedPrefix) regexes.add(role, start, end)
      }
      const roles = index.assignmentRoles[literal]
      if (roles?.length && !isBinary) addAssignment(roles, start, end)
      for (const rule of index.gates.get(literal) ?? []) opened.add(rule)
    }
    regexes.finish()
    for (const rule of index.unanchored) if (!isBinary && isOpen(rule)) regexes.addWhole(rule)
    return found.filter(({ rule }) => isOpen(rule))

    /** A rule with keywords needs one of them somewhere in the text. */
    function isOpen(rule: number): boolean {
      return opened.has(rule) || !index.isGated(rule)
    }
  }

  function judgeAll(found: readonly Candidate[], { bytes, path }: Content): Candidate[] {
    const text = { bytes, path, isCode: isCodePath(path) }
    const judged: Candidate[] = []
    for (const candidate of found) {
      const confidence = judge.judge(candidate, text)
      if (confidence > 0) judged.push({ ...candidate, confidence })
    }
    return judged.filter(candidate => hasNeighbours(candidate, judged, rules, bytes))
  }

  function toMatches(candidates: readonly Candidate[], { bytes, firstLine, firstColumn }: Content): Match[] {
    const positions = new Positions(bytes, firstLine, firstColumn)
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    return candidates.map(({ rule, secretStart, secretEnd, confidence, nameStart, nameEnd }) => ({
      rule,
      start: secretStart,
      end: secretEnd,
      span: positions.spanOf(secretStart, secretEnd),
      secret: new Secret(text.toString('utf8', secretStart, secretEnd)),
      confidence,
      decoded: [],
      ...(nameStart === undefined || nameEnd === undefined
        ? {}
        : { key: text.toString('utf8', nameStart, nameEnd) }),
    }))
  }
}
