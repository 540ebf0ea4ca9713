import type { AssignmentMatcher, CompiledRule } from '../program.ts'
import { type AssignmentText, createAssignmentReader } from './assignment.ts'
import { continuesWord, latin1 } from './bytes.ts'
import type { Candidate } from './candidate.ts'
import { findBeside } from './find-beside.ts'
import type { Value } from './read-value.ts'
import { isWholeWord, mustBeWord } from './short-names.ts'

/** What the confidence in a value is multiplied with that no operator joins to its name. */
const BESIDE = 0.85

/** Finds values of assignment rules. */
export interface AssignmentSearch {
  /**
   * All that follows is about this text.
   * @param bareToLineEnd see `AssignmentReader`
   */
  begin(bytes: Uint8Array, bareToLineEnd: boolean, found: Candidate[]): void
  /** A literal was found that is part of a name; `roles` are the rules whose names hold it. Hits come in ascending order. */
  add(roles: readonly number[], start: number, end: number): void
}

export function createAssignmentSearch(
  rules: readonly CompiledRule[],
  alphabetOf: (rule: number) => Uint8Array | undefined,
): AssignmentSearch {
  const reader = createAssignmentReader()
  /** A name often holds several literals (`secret_access_key`): each rule takes a value once. */
  const lastValue = new Map<number, number>()
  const lastBeside = new Map<number, number>()
  let bytes: Uint8Array = new Uint8Array(0)
  let found: Candidate[] = []

  return { begin, add }

  function begin(text: Uint8Array, bareToLineEnd: boolean, candidates: Candidate[]): void {
    bytes = text
    found = candidates
    reader.begin(text, bareToLineEnd)
    if (lastValue.size > 0) lastValue.clear()
    if (lastBeside.size > 0) lastBeside.clear()
  }

  function add(roles: readonly number[], start: number, end: number): void {
    const text = reader.read(start, end)
    let name: string | undefined
    for (const role of roles) {
      const rule = rules[role]
      const alphabet = alphabetOf(role)
      if (rule?.matcher?.kind !== 'assignment' || !alphabet) continue
      if (!text || !addAssigned(role, rule.matcher, alphabet, text)) addBeside(role, rule.matcher, alphabet)
    }

    /** Whether the value that is assigned is the rule's. */
    function addAssigned(
      role: number,
      matcher: AssignmentMatcher,
      alphabet: Uint8Array,
      assigned: AssignmentText,
    ) {
      if (mustBeWord(end - start, matcher) && !isWholeWord(bytes, start, end)) return true
      const valueEnd = readAlphabet(bytes, assigned, matcher, alphabet)
      if (valueEnd < 0 && assigned.siblings.length === 0) return false
      if (lastValue.get(role) === assigned.valueStart) return true
      name ??= normaliseName(latin1(bytes, assigned.nameStart, assigned.nameEnd))
      if (!nameHolds(matcher, name)) return false
      lastValue.set(role, assigned.valueStart)
      if (valueEnd >= 0) push(role, assigned, assigned.valueStart, valueEnd)
      for (const sibling of assigned.siblings) {
        const siblingEnd = readAlphabet(bytes, sibling, matcher, alphabet)
        if (siblingEnd >= 0) push(role, assigned, sibling.valueStart, siblingEnd)
      }
      return true
    }

    function addBeside(role: number, matcher: AssignmentMatcher, alphabet: Uint8Array): void {
      const value = findBeside(bytes, start, end, matcher, alphabet)
      if (!value || lastBeside.get(role) === value.start) return
      lastBeside.set(role, value.start)
      const confidence = confidenceOf(role) * BESIDE
      found.push({
        rule: role,
        start,
        end: value.end,
        secretStart: value.start,
        secretEnd: value.end,
        confidence,
        isBeside: true,
      })
    }
  }

  function push(rule: number, text: AssignmentText, from: number, to: number): void {
    const { nameStart, nameEnd, operator, spaced, quote } = text
    found.push({
      rule,
      start: nameStart,
      end: to,
      secretStart: from,
      secretEnd: to,
      nameStart,
      nameEnd,
      operator: spaced ? `spaced${operator}` : operator,
      quote,
      confidence: confidenceOf(rule),
    })
  }

  function confidenceOf(rule: number): number {
    return rules[rule]?.confidence ?? 0
  }
}

function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '')
}

function nameHolds(matcher: AssignmentMatcher, name: string): boolean {
  return matcher.with.length === 0 || matcher.with.some(word => name.includes(word))
}

/** The end of the value if all of it (a judge's value may hold anything) is of the alphabet and the length, else -1. */
function readAlphabet(
  bytes: Uint8Array,
  { valueStart, valueEnd, quote }: Value,
  matcher: AssignmentMatcher,
  alphabet: Uint8Array,
): number {
  const { prefix, min, max } = matcher
  if (valueEnd - valueStart < min) return -1
  for (let i = 0; i < prefix.length; i++) {
    if (bytes[valueStart + i] !== prefix.charCodeAt(i)) return -1
  }
  if (matcher.judge) return valueEnd - valueStart <= max ? valueEnd : -1
  const limit = Math.min(valueEnd, valueStart + max + 1)
  let at = valueStart
  while (at < limit && alphabet[bytes[at]!]) at++
  const length = at - valueStart
  if (length < min || length > max) return -1
  // A quoted value must end there; a bare one must not go on as a word.
  if (at < valueEnd && (quote !== 0 || continuesWord(bytes[at]!))) return -1
  return at
}
