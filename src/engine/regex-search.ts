/** Decides where in a text the regexes of rules are worth a run: around their literals, and nowhere else. */
import type { CompiledRule, RegexShape } from '../program.ts'
import type { Candidate } from './candidate.ts'
import { holdsRuns, isLead } from './lead.ts'
import { MemberRuns } from './member-runs.ts'
import { addRange, type Range } from './merge-ranges.ts'
import type { RegexRole } from './rule-index.ts'
import { type Clock, createRegexRunner } from './run-regex.ts'

/** Where a pattern has no bound, a match is found up to this many bytes before and after its literal. */
const BACKWARD_REACH = 1024
const FORWARD_REACH = 64 * 1024
/** A whole text is searched in pieces, which overlap, so that a slow regex can be stopped. */
const PIECE = 256 * 1024
/** So many bytes of a window are searched in the time that an attempt at one place takes. */
const ATTEMPT_BYTES = 20
/** Windows that overlap are searched as one, as long as it is not so long that a slow regex could not be stopped in time. */
const MERGED_WINDOWS = 4

export interface RegexSearch {
  /** All that follows is about this text. After the deadline no regex runs any more. */
  begin(bytes: Uint8Array, found: Candidate[], deadline: number): void
  /** A literal of a rule was found. Hits must come in ascending order of `start`. */
  add(role: RegexRole, start: number, end: number): void
  /** Searches the whole text for a rule without a usable literal. */
  addWhole(rule: number): void
  /** Searches what is still pending. Tells whether all was searched in time. */
  finish(): boolean
}

/**
 * Compiled regexes live as long as the search.
 * @param sets classes of bytes that shapes name, see `isInSet`
 */
export function createRegexSearch(
  rules: readonly CompiledRule[],
  sets: Uint8Array,
  clock: Clock,
): RegexSearch {
  const runner = createRegexRunner(rules, clock)
  const runs = new MemberRuns(sets)
  /** Rule → where its last match ended: matches of one rule do not overlap. */
  const matchEnd = new Map<number, number>()
  /** Rule → windows to search. */
  const windows = new Map<number, Range[]>()
  let text: Uint8Array = new Uint8Array(0)

  return { begin, add, addWhole, finish }

  function begin(bytes: Uint8Array, found: Candidate[], deadline: number): void {
    text = bytes
    runner.begin(bytes, found, deadline)
    runs.begin(bytes)
    if (matchEnd.size > 0) matchEnd.clear()
  }

  function add(role: RegexRole, start: number, end: number): void {
    const matcher = rules[role.rule]?.matcher
    const shape = matcher?.kind === 'regex' ? matcher.shape : undefined
    if (!shape || !holdsRuns(role.tail, sets, text, end)) return
    const places = role.before - role.leastBefore + 1
    if (places > 1 && places * ATTEMPT_BYTES > role.before + role.after) openWindow(role, shape, start, end)
    else tryPlaces(role, shape, start, end)
  }

  function tryPlaces(role: RegexRole, shape: RegexShape, start: number, end: number): void {
    for (let at = Math.max(0, start - role.before); at <= start - role.leastBefore; at++) {
      if (isLead(shape, sets, text, at) && tryAt(role, shape, at, end)) return
    }
  }

  /** The lead of a match stands at `at`. Tells whether there is one. */
  function tryAt({ rule, after }: RegexRole, shape: RegexShape, at: number, end: number): boolean {
    if (at < (matchEnd.get(rule) ?? 0)) return false
    const begin = shape.guard === undefined || at === 0 ? at : at - 1
    const limit = Math.min(text.length, end + Math.min(after, FORWARD_REACH))
    const to = Number.isFinite(after) ? limit : runs.around(shape.members, at, end, at, limit).to
    const matched = runner.matchAt(rule, begin, to)
    if (matched >= 0) matchEnd.set(rule, matched)
    return matched >= 0
  }

  function openWindow(
    { rule, before, after }: RegexRole,
    shape: RegexShape,
    start: number,
    end: number,
  ): void {
    const reach = { before: Math.min(before, BACKWARD_REACH), after: Math.min(after, FORWARD_REACH) }
    const lowest = Math.max(0, start - reach.before)
    const highest = Math.min(text.length, end + reach.after)
    const { from, to } = runs.around(shape.members, start, end, lowest, highest)
    if (to - from < shape.least) return
    const open = windows.get(rule)
    if (open) addRange(open, { from, to }, MERGED_WINDOWS * (reach.before + reach.after))
    else windows.set(rule, [{ from, to }])
  }

  function addWhole(rule: number): void {
    let end = 0
    for (let from = 0; from < text.length; from += PIECE) {
      end = runner.matchWithin(rule, Math.max(from, end), Math.min(text.length, from + PIECE + FORWARD_REACH))
    }
  }

  function finish(): boolean {
    if (windows.size > 0) {
      for (const [rule, ranges] of windows) {
        let end = 0
        for (const { from, to } of ranges) end = runner.matchWithin(rule, Math.max(from, end), to)
      }
      windows.clear()
    }
    return runner.finish()
  }
}
