import type { AssignmentMatcher, CompiledRule } from '../program.ts'
import { type AssignmentText, readAssignment } from './assignment.ts'
import { latin1 } from './bytes.ts'
import type { Candidate } from './candidate.ts'

/** Finds values of assignment rules in one text. `roles` are the rules whose name holds the literal that was found. */
export function createAssignmentSearch(
  rules: readonly CompiledRule[],
  alphabets: readonly (Uint8Array | undefined)[],
  bytes: Uint8Array,
  bareToLineEnd: boolean,
  found: Candidate[],
) {
  /** A name often holds several literals (`secret_access_key`): each rule takes a value once. */
  const lastValue = new Map<number, number>()

  return function add(roles: readonly number[], start: number, end: number): void {
    const text = readAssignment(bytes, start, end, bareToLineEnd)
    if (!text) return
    let name: string | undefined
    for (const role of roles) {
      const rule = rules[role]
      const alphabet = alphabets[role]
      if (rule?.matcher?.kind !== 'assignment' || !alphabet || lastValue.get(role) === text.valueStart)
        continue
      name ??= normaliseName(latin1(bytes, text.nameStart, text.nameEnd))
      if (!nameHolds(rule.matcher, name)) continue
      const valueEnd = readAlphabet(bytes, text, rule.matcher, alphabet)
      if (valueEnd < 0) continue
      lastValue.set(role, text.valueStart)
      found.push({
        rule: role,
        start: text.nameStart,
        end: valueEnd,
        secretStart: text.valueStart,
        secretEnd: valueEnd,
        nameStart: text.nameStart,
        nameEnd: text.nameEnd,
        operator: text.spaced ? `spaced${text.operator}` : text.operator,
        quote: text.quote,
        confidence: rule.confidence,
      })
    }
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
  text: AssignmentText,
  matcher: AssignmentMatcher,
  alphabet: Uint8Array,
): number {
  const { valueStart, valueEnd } = text
  for (let i = 0; i < matcher.prefix.length; i++) {
    if (bytes[valueStart + i] !== matcher.prefix.charCodeAt(i)) return -1
  }
  if (matcher.judge) {
    const length = valueEnd - valueStart
    return length >= matcher.min && length <= matcher.max ? valueEnd : -1
  }
  let at = valueStart
  while (at < valueEnd && alphabet[bytes[at] ?? 0]) at++
  const length = at - valueStart
  if (length < matcher.min || length > matcher.max) return -1
  // A quoted value must end there; a bare one must not go on as a word.
  const next = bytes[at]
  if (text.quote ? at < valueEnd : at < valueEnd && isWordByte(next)) return -1
  return at
}

function isWordByte(byte: number | undefined): boolean {
  return byte !== undefined && /[\w/+=.-]/.test(String.fromCharCode(byte))
}
