import type { AssignmentMatcher } from '../program.ts'
import { isLetter, latin1 } from './bytes.ts'

/** Names of so few characters occur within other words. */
const SHORT = 4

/**
 * Whether a provider's name, of so many characters, must be a whole word of a key's name: `dd` is Datadog's in `ddKey`
 * and `DD_KEY`, and nobody's in `address`. What generic rules look for is told by the value as well.
 */
export function mustBeWord(length: number, matcher: AssignmentMatcher): boolean {
  return length <= SHORT && matcher.judge === undefined
}

export function isWholeWord(bytes: Uint8Array, start: number, end: number): boolean {
  return !isWithinWord(bytes, start) && !isWithinWord(bytes, end)
}

/** What people write right behind an issuer's name: `opencagedata`, `paydirtapp`, `codatoken`. */
const suffixes = ['ai', 'api', 'app', 'data', 'hq', 'io', 'key', 'secret', 'token']
const suffix = new RegExp(`^(?:${suffixes.join('|')})(?:key|secret|token)?$`, 'i')
const LONGEST_SUFFIX = 12
/** The bytes that those begin with. */
export const firstsOfSuffixes: ReadonlySet<number> = new Set(suffixes.map(word => word.charCodeAt(0)))

/** Whether the bytes are a word, also if one follows that names no other issuer. */
export function isIssuersWord(bytes: Uint8Array, start: number, end: number): boolean {
  if (isWithinWord(bytes, start)) return false
  let wordEnd = end
  while (wordEnd < end + LONGEST_SUFFIX && isWithinWord(bytes, wordEnd)) wordEnd++
  return wordEnd === end || suffix.test(latin1(bytes, end, wordEnd))
}

/** Whether the bytes before and at `at` are letters of one word; a small letter and then a capital begin a new one. */
export function isWithinWord(bytes: Uint8Array, at: number): boolean {
  if (at <= 0 || at >= bytes.length) return false
  const before = bytes[at - 1]!
  const after = bytes[at]!
  return isLetter(before) && isLetter(after) && (isCapital(before) || !isCapital(after))
}

function isCapital(byte: number): boolean {
  return (byte & 0x20) === 0
}
