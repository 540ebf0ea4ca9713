/** Runs the regexes of rules on parts of a text: the fast engine first, the linear one for a rule that takes too long. */
import type { CompiledRule, RegexMatcher } from '../program.ts'
import { compileLinear, type LinearRegex } from '../regex/linear-regex.ts'
import type { Candidate } from './candidate.ts'
import { addRange, type Range } from './merge-ranges.ts'

/** Milliseconds, from any start. */
export type Clock = () => number

export interface RegexRunner {
  /** All that follows is about this text. After the deadline nothing is searched any more. */
  begin(bytes: Uint8Array, found: Candidate[], deadline: number): void
  /** Looks for a match that begins at `at` and ends at `to` or before; answers with its end, or -1. */
  matchAt(rule: number, at: number, to: number): number
  /** Looks for all matches in a range; answers with where the last one ends, or `from`. */
  matchWithin(rule: number, from: number, to: number): number
  /** Searches what was put off. Tells whether all was searched in time. */
  finish(): boolean
}

/**
 * A backtracking engine is fast on nearly all text, and on text made for it it is not. What one rule may take for one
 * text before the linear engine, which is always slow, goes on: this time, and what a slow regex takes for the whole text.
 */
const PATIENCE_MS = 5
const PATIENT_BYTES_PER_MS = 20_000
/** The linear engine searches so many bytes at a time, and so many more for a match that begins in them. */
const PIECE = 256 * 1024
const LONGEST_MATCH = 64 * 1024

interface Compiled {
  global: RegExp
  sticky: RegExp
  /** Tells the places of groups; slower, so run on matches only. */
  indexed: RegExp
  /** Compiled on use; null when the pattern is none for it. */
  linear?: LinearRegex | null
}

export function createRegexRunner(rules: readonly CompiledRule[], clock: Clock): RegexRunner {
  const compiled: (Compiled | undefined)[] = []
  /** Rule → milliseconds spent on this text. */
  const spent = new Map<number, number>()
  const putOff = new Map<number, Range[]>()
  let text: Buffer = Buffer.alloc(0)
  let found: Candidate[] = []
  let patience = 0
  let deadline = Infinity
  let isLate = false

  return { begin, matchAt, matchWithin, finish }

  function begin(bytes: Uint8Array, candidates: Candidate[], latest: number): void {
    deadline = latest
    isLate = false
    text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    found = candidates
    patience = PATIENCE_MS + bytes.length / PATIENT_BYTES_PER_MS
    if (spent.size > 0) spent.clear()
  }

  function matchAt(rule: number, at: number, to: number): number {
    if (isLate || isPutOff(rule, at, to)) return -1
    const started = clock()
    const { sticky } = compile(rule)
    const from = Math.max(0, at - 1)
    const slice = sliceOf(from, to)
    sticky.lastIndex = at - from
    const match = sticky.exec(slice)
    const end = match && match[0] !== '' ? note(rule, match, slice, from, to) : -1
    account(rule, started)
    return end
  }

  function matchWithin(rule: number, start: number, to: number): number {
    if (isLate || isPutOff(rule, start, to)) return start
    const started = clock()
    const { global } = compile(rule)
    const from = Math.max(0, start - 1)
    const slice = sliceOf(from, to)
    let end = start
    global.lastIndex = start - from
    for (let match = global.exec(slice); match; match = global.exec(slice)) {
      if (match[0] === '') global.lastIndex++
      else end = Math.max(end, note(rule, match, slice, from, to))
    }
    account(rule, started)
    return end
  }

  function finish(): boolean {
    if (putOff.size > 0) {
      for (const [rule, ranges] of putOff) for (const range of ranges) matchLinearly(rule, range)
      putOff.clear()
    }
    return !isLate
  }

  /** `\b` and line anchors look one byte further than a match reaches. */
  function sliceOf(from: number, to: number): string {
    return text.toString('latin1', from, Math.min(text.length, to + 1))
  }

  function isPutOff(rule: number, from: number, to: number): boolean {
    const isSlow = spent.size > 0 && (spent.get(rule) ?? 0) > patience
    if (!(isSlow || matcherOf(rule).isLinear) || !linearOf(rule)) return false
    const ranges = putOff.get(rule)
    if (ranges) addRange(ranges, { from, to })
    else putOff.set(rule, [{ from, to }])
    return true
  }

  function account(rule: number, started: number): void {
    const now = clock()
    const time = now - started
    if (now > deadline) isLate = true
    // Most take far less than a clock tells exactly, and are not worth an entry.
    if (time > 0.01) spent.set(rule, (spent.get(rule) ?? 0) + time)
  }

  /** In pieces, so that it ends in time; they overlap by as much as a match is long at most. */
  function matchLinearly(rule: number, { from, to }: Range): void {
    for (let piece = from; piece < to && !isLate; ) {
      const end = searchPiece(rule, piece, Math.min(to, piece + PIECE + LONGEST_MATCH))
      piece = piece + PIECE + LONGEST_MATCH >= to ? to : Math.max(piece + PIECE, end)
    }
  }

  /** Answers with where the last match ends, or `from`. */
  function searchPiece(rule: number, from: number, to: number): number {
    const linear = linearOf(rule)
    const before = Math.max(0, from - 1)
    const slice = sliceOf(before, to)
    let at = from - before
    let end = from
    while (at < slice.length && !isLate) {
      const match = linear?.find(slice, at)
      if (clock() > deadline) isLate = true
      if (!match) break
      at = Math.max(match.end, match.start + 1)
      if (match.end === match.start || !isInside(before + match.end, to)) continue
      add(rule, before, match.start, match.end, match.groups)
      end = before + match.end
    }
    return end
  }

  /** Keeps the match unless the range cuts it; answers with its end. */
  function note(rule: number, match: RegExpExecArray, slice: string, from: number, to: number): number {
    const start = match.index
    const end = start + match[0].length
    if (!isInside(from + end, to)) return -1
    if (match.length === 1) {
      add(rule, from, start, end, [])
    } else {
      const { indexed } = compile(rule)
      indexed.lastIndex = start
      add(rule, from, start, end, indexed.exec(slice)?.indices?.slice(1) ?? [])
    }
    return from + end
  }

  function isInside(end: number, to: number): boolean {
    return end <= to || to >= text.length
  }

  /** The secret is the rule's group, else the first group that took part and is not empty, else the whole match. */
  function add(
    rule: number,
    from: number,
    start: number,
    end: number,
    groups: readonly (readonly [number, number] | undefined)[],
  ): void {
    const wanted = rules[rule]?.secretGroup
    const group = wanted ? groups[wanted - 1] : groups.find(span => span && span[1] > span[0])
    const [secretStart, secretEnd] = group ?? [start, end]
    found.push({
      rule,
      start: from + start,
      end: from + end,
      secretStart: from + secretStart,
      secretEnd: from + secretEnd,
      confidence: rules[rule]?.confidence ?? 0,
    })
  }

  function compile(rule: number): Compiled {
    const known = compiled[rule]
    if (known) return known
    const { source } = matcherOf(rule)
    const fresh = {
      global: new RegExp(source, 'g'),
      sticky: new RegExp(source, 'y'),
      indexed: new RegExp(source, 'dy'),
    }
    compiled[rule] = fresh
    return fresh
  }

  function linearOf(rule: number): LinearRegex | null {
    const known = compile(rule)
    known.linear ??= compileLinear(matcherOf(rule).source) ?? null
    return known.linear
  }

  function matcherOf(rule: number): RegexMatcher {
    const matcher = rules[rule]?.matcher
    if (matcher?.kind !== 'regex') throw new Error(`rule ${rule} has no regex`)
    return matcher
  }
}
