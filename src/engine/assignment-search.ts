import type { AssignmentMatcher, CompiledRule } from '../program.ts'
import { type AssignmentText, createAssignmentReader } from './assignment.ts'
import { latin1 } from './bytes.ts'
import type { Candidate } from './candidate.ts'
import type { Value } from './read-value.ts'
import { isWholeWord, mustBeWord } from './short-names.ts'

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
  let bytes: Uint8Array = new Uint8Array(0)
  let found: Candidate[] = []

  return { begin, add }

  function begin(text: Uint8Array, bareToLineEnd: boolean, candidates: Candidate[]): void {
    bytes = text
    found = candidates
    reader.begin(text, bareToLineEnd)
    if (lastValue.size > 0) lastValue.clear()
  }

  function add(roles: readonly number[], start: number, end: number): void {
    const text = reader.read(start, end)
    if (!text) return
    let name: string | undefined
    for (const role of roles) {
      const rule = rules[role]
      const alphabet = alphabetOf(role)
      if (rule?.matcher?.kind !== 'assignment' || !alphabet) continue
      if (mustBeWord(end - start, rule.matcher) && !isWholeWord(bytes, start, end)) continue
      const valueEnd = readAlphabet(bytes, text, rule.matcher, alphabet)
      if (valueEnd < 0 || lastValue.get(role) === text.valueStart) continue
      name ??= normaliseName(latin1(bytes, text.nameStart, text.nameEnd))
      if (!nameHolds(rule.matcher, name)) continue
      lastValue.set(role, text.valueStart)
      push(role, rule.confidence, text, text.valueStart, valueEnd)
      for (const sibling of text.siblings) {
        const siblingEnd = readAlphabet(bytes, sibling, rule.matcher, alphabet)
        if (siblingEnd >= 0) push(role, rule.confidence, text, sibling.valueStart, siblingEnd)
      }
    }
  }

  function push(rule: number, confidence: number, text: AssignmentText, from: number, to: number): void {
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
      confidence,
    })
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

/** Letters, digits and what joins them in tokens: `_ / + = . -` */
function continuesWord(byte: number): boolean {
  const letter = byte | 32
  return (
    (letter >= 97 && letter <= 122) ||
    (byte >= 48 && byte <= 57) ||
    (byte >= 43 && byte <= 47 && byte !== 44) ||
    byte === 61 ||
    byte === 95
  )
}
