import type { AssignmentMatcher, CompiledRule } from '../program.ts'
import { type AssignmentText, createAssignmentReader } from './assignment.ts'
import { continuesWord, latin1 } from './bytes.ts'
import type { Candidate } from './candidate.ts'
import { findBeside, opensBlockOfValue } from './find-beside.ts'
import { mayBeSecret } from './generic/may-be-secret.ts'
import type { Value } from './read-bare.ts'
import { isWholeWord, isWithinWord, mustBeWord } from './short-names.ts'

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
  add(roles: readonly number[], literal: number, start: number, end: number): void
}

/** A rule as the search wants to know it. */
interface Role {
  rule: number
  matcher: AssignmentMatcher
  alphabet: Uint8Array
  confidence: number
}

/** @param ofLines see `Program` */
export function createAssignmentSearch(
  rules: readonly CompiledRule[],
  alphabetOf: (rule: number) => Uint8Array | undefined,
  ofLines = false,
): AssignmentSearch {
  const reader = createAssignmentReader(ofLines)
  const roles: (Role | undefined)[] = []
  /** A name often holds several literals (`secret_access_key`): each rule takes a value once. */
  const lastValue = new Map<number, number>()
  const lastBeside = new Map<number, number>()
  /** The last name that a rule asked about, and where it stands. */
  let name = ''
  let named = -1
  let bytes: Uint8Array = new Uint8Array(0)
  let isCode = false
  let found: Candidate[] = []

  return { begin, add }

  function begin(text: Uint8Array, bareToLineEnd: boolean, candidates: Candidate[]): void {
    bytes = text
    isCode = !bareToLineEnd
    found = candidates
    named = -1
    reader.begin(text, bareToLineEnd)
    if (lastValue.size > 0) lastValue.clear()
    if (lastBeside.size > 0) lastBeside.clear()
  }

  function add(rulesOfName: readonly number[], literal: number, start: number, end: number): void {
    const text = reader.read(start, end)
    for (const rule of rulesOfName) {
      const role = roleOf(rule)
      if (role.matcher.ends?.includes(literal) && isWithinWord(bytes, end)) continue
      if (text && addAssigned(role, text, start, end)) continue
      if (role.matcher.beside) addBeside(role, start, end)
    }
    const opener = ofLines && rulesOfName.find(rule => roleOf(rule).matcher.beside)
    if (typeof opener === 'number' && opensBlockOfValue(bytes, start, end)) addOpening(opener, start, end)
  }

  /** The first rule stands for all of the name. */
  function addOpening(rule: number, start: number, end: number): void {
    found.push({ rule, start, end, secretStart: start, secretEnd: end, confidence: 1, isOpening: true })
  }

  function roleOf(rule: number): Role {
    const known = roles[rule]
    if (known) return known
    const { matcher, confidence = 0 } = rules[rule] ?? {}
    const alphabet = alphabetOf(rule)
    if (matcher?.kind !== 'assignment' || !alphabet) throw new Error(`rule ${rule} has no names`)
    const fresh = { rule, matcher, alphabet, confidence }
    roles[rule] = fresh
    return fresh
  }

  /** Whether the value that is assigned is the rule's. */
  function addAssigned(role: Role, assigned: AssignmentText, start: number, end: number): boolean {
    const { rule, matcher } = role
    if (mustBeWord(end - start, matcher) && !isWholeWord(bytes, start, end)) return true
    const valueEnd = readAlphabet(bytes, assigned, role)
    if (valueEnd < 0 && assigned.siblings.length === 0) return false
    if (lastValue.get(rule) === assigned.valueStart) return true
    if (!nameHolds(matcher, assigned)) return false
    lastValue.set(rule, assigned.valueStart)
    if (valueEnd >= 0) push(role, assigned, assigned.valueStart, valueEnd)
    for (const sibling of assigned.siblings) {
      const siblingEnd = readAlphabet(bytes, sibling, role)
      if (siblingEnd >= 0) push(role, assigned, sibling.valueStart, siblingEnd)
    }
    return true
  }

  function nameHolds(matcher: AssignmentMatcher, { nameStart, nameEnd }: AssignmentText): boolean {
    if (matcher.with.length === 0) return true
    if (named !== nameStart) name = normaliseName(latin1(bytes, nameStart, nameEnd))
    named = nameStart
    return matcher.with.some(word => name.includes(word))
  }

  function addBeside({ rule, matcher, alphabet, confidence }: Role, start: number, end: number): void {
    const value = findBeside(bytes, start, end, matcher, alphabet)
    if (!value || lastBeside.get(rule) === value.start) return
    lastBeside.set(rule, value.start)
    found.push({
      rule,
      start,
      end: value.end,
      secretStart: value.start,
      secretEnd: value.end,
      confidence: confidence * BESIDE,
      isBeside: true,
    })
  }

  function push({ rule, matcher, confidence }: Role, text: AssignmentText, from: number, to: number): void {
    const { nameStart, nameEnd, operator, spaced, quote } = text
    const value = { nameStart, nameEnd, secretStart: from, secretEnd: to, quote }
    if (matcher.judge && !mayBeSecret(bytes, value, matcher.judge, isCode, ofLines)) return
    found.push({
      rule,
      start: nameStart,
      end: to,
      secretStart: from,
      secretEnd: to,
      nameStart,
      nameEnd,
      operator: spaced ? `spaced${operator}` : operator,
      confidence,
    })
  }
}

function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '')
}

/** The end of the value if all of it (a judge's value may hold anything) is of the alphabet and the length, else -1. */
function readAlphabet(
  bytes: Uint8Array,
  { valueStart, valueEnd, quote }: Value,
  { matcher, alphabet }: Role,
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
