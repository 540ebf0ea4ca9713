/** Runs the regexes of rules on windows around their literals, so that a slow regex sees little text. */
import type { CompiledRule } from '../program.ts'
import { latin1 } from './bytes.ts'
import type { Candidate } from './candidate.ts'
import type { RegexRole } from './rule-index.ts'

/** Where a pattern has no bound, its window starts with this many bytes, and grows while a match touches the end. */
const FIRST_REACH = 1024
const LONGEST_REACH = 256 * 1024
/** A pattern without a bound before its literal is searched this far back and no farther. */
const BACKWARD_REACH = 256

interface Compiled {
  global: RegExp
  sticky: RegExp
  /** Tells the places of groups; slower, so run on matches only. */
  indexed: RegExp
}

export interface RegexSearch {
  /** A literal of a rule was found. Hits must come in ascending order of `start`. */
  add(role: RegexRole, start: number, end: number): void
  /** Searches the whole text for a rule without a usable literal. */
  addWhole(rule: number): void
  /** Searches what is still pending and forgets the text. */
  finish(): void
}

/** Compiled regexes live as long as the searcher; a text is handed over with `begin`. */
export function createRegexSearcher(rules: readonly CompiledRule[]) {
  const compiled: (Compiled | undefined)[] = []
  const windowStart = new Float64Array(rules.length)
  const windowEnd = new Float64Array(rules.length)
  const isPending = new Uint8Array(rules.length)
  let pending: number[] = []

  return { begin }

  function begin(bytes: Uint8Array, found: Candidate[]): RegexSearch {
    return { add, addWhole, finish }

    function add({ rule, before, after }: RegexRole, start: number, end: number): void {
      if (before === 0) {
        searchAt(rule, start, end + after)
        return
      }
      const from = Math.max(0, start - Math.min(before, BACKWARD_REACH))
      const to = end + after
      if (isPending[rule] && from <= (windowEnd[rule] ?? 0)) {
        windowEnd[rule] = Math.max(windowEnd[rule] ?? 0, to)
        return
      }
      if (isPending[rule]) searchWindow(rule)
      else pending.push(rule)
      isPending[rule] = 1
      windowStart[rule] = from
      windowEnd[rule] = to
    }

    function addWhole(rule: number): void {
      searchRange(rule, 0, bytes.length)
    }

    function finish(): void {
      for (const rule of pending) {
        searchWindow(rule)
        isPending[rule] = 0
      }
      pending = []
    }

    function searchWindow(rule: number): void {
      searchRange(rule, windowStart[rule] ?? 0, windowEnd[rule] ?? 0)
    }

    /** The match can only begin at `start`. */
    function searchAt(rule: number, start: number, reach: number): void {
      const regexes = compile(rule)
      for (let end = firstEnd(start, reach); ; end = nextEnd(start, end)) {
        const from = Math.max(0, start - 1)
        const text = latin1(bytes, from, Math.min(bytes.length, end + 1))
        regexes.sticky.lastIndex = start - from
        const match = regexes.sticky.exec(text)
        if (match && keep(rule, match, regexes, text, from, end, reach)) return
        if (!canGrow(match, from, end, reach, start)) return
      }
    }

    function searchRange(rule: number, start: number, reach: number): void {
      const regexes = compile(rule)
      const end = firstEnd(start, reach)
      const from = Math.max(0, start - 1)
      const text = latin1(bytes, from, Math.min(bytes.length, end + 1))
      regexes.global.lastIndex = start - from
      for (let match = regexes.global.exec(text); match; match = regexes.global.exec(text)) {
        if (match[0] === '') regexes.global.lastIndex++
        else if (!keep(rule, match, regexes, text, from, end, reach))
          searchAt(rule, from + match.index, Infinity)
      }
    }

    function firstEnd(start: number, reach: number): number {
      return Math.min(bytes.length, Number.isFinite(reach) ? reach : start + FIRST_REACH)
    }

    function nextEnd(start: number, end: number): number {
      return Math.min(bytes.length, start + (end - start) * 4)
    }

    function canGrow(
      match: RegExpExecArray | null,
      from: number,
      end: number,
      reach: number,
      start: number,
    ): boolean {
      if (Number.isFinite(reach) || end >= bytes.length || end - start >= LONGEST_REACH) return false
      return match === null ? end - start < FIRST_REACH * 8 : from + match.index + match[0].length >= end
    }

    /** Notes the match unless the window cut it; answers whether it is settled. */
    function keep(
      rule: number,
      match: RegExpExecArray,
      regexes: Compiled,
      text: string,
      from: number,
      end: number,
      reach: number,
    ): boolean {
      const start = from + match.index
      const matchEnd = start + match[0].length
      const isCut = matchEnd >= end && end < bytes.length
      if (isCut && !Number.isFinite(reach) && end - start < LONGEST_REACH) return false
      if (matchEnd > end && end < bytes.length) return true
      const [secretStart, secretEnd] = secretSpan(rule, match, regexes.indexed, text)
      found.push({
        rule,
        start,
        end: matchEnd,
        secretStart: from + secretStart,
        secretEnd: from + secretEnd,
        confidence: rules[rule]?.confidence ?? 0,
      })
      return true
    }
  }

  function compile(rule: number): Compiled {
    const known = compiled[rule]
    if (known) return known
    const matcher = rules[rule]?.matcher
    if (matcher?.kind !== 'regex') throw new Error(`rule ${rule} has no regex`)
    const { source } = matcher
    const fresh = {
      global: new RegExp(source, 'g'),
      sticky: new RegExp(source, 'y'),
      indexed: new RegExp(source, 'dy'),
    }
    compiled[rule] = fresh
    return fresh
  }

  /** The rule's group, else the first group that took part and is not empty, else the whole match. */
  function secretSpan(
    rule: number,
    match: RegExpExecArray,
    indexed: RegExp,
    text: string,
  ): readonly [number, number] {
    const whole = [match.index, match.index + match[0].length] as const
    if (match.length === 1) return whole
    indexed.lastIndex = match.index
    const spans = indexed.exec(text)?.indices ?? []
    const wanted = rules[rule]?.secretGroup
    if (wanted) return spans[wanted] ?? whole
    return spans.slice(1).find(span => span && span[1] > span[0]) ?? whole
  }
}
