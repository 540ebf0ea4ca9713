/** What stands between an operator and the text of its value. */
import { isBlank, isName, isNewline, isQuote, skipBlanks } from './bytes.ts'

const SPACE = 32
const EXCLAMATION = 33
const DOLLAR = 36
const AMPERSAND = 38
const OPEN_PAREN = 40
const AT = 64
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123

/** Most bytes of the name of a function that wraps a value: `hex.DecodeString("…")`. */
const MAX_CALLEE = 40

/** Blanks, opening brackets, and one line break before a quoted text. */
export function skipOpeners(bytes: Uint8Array, from: number): number {
  let at = skipBlanks(bytes, from)
  if (bytes[at] === OPEN_BRACKET && bytes[at + 1] === CLOSE_BRACKET) return skipSliceType(bytes, at)
  for (let opened = 0; opened < 2 && (bytes[at] === OPEN_PAREN || bytes[at] === OPEN_BRACKET); opened++) {
    at++
    at = skipBlanks(bytes, at)
  }
  if (!isNewline(bytes[at])) return at
  const limit = Math.min(bytes.length, at + 80)
  let after = at
  while (after < limit && (isNewline(bytes[after]) || isBlank(bytes[after]))) after++
  return isQuote(bytes[skipStringPrefix(bytes, after)]) ? after : at
}

/** `[]string{"…"}` and `[]byte("…")` of Go. */
function skipSliceType(bytes: Uint8Array, from: number): number {
  const limit = Math.min(bytes.length, from + MAX_CALLEE)
  let at = from + 2
  while (at < limit && isName(bytes[at])) at++
  return (bytes[at] === OPEN_BRACE || bytes[at] === OPEN_PAREN) && isQuote(bytes[at + 1]) ? at + 1 : from
}

/** The anchor or the tag of a YAML node: `&db …`, `!!str …`. */
export function skipProperty(bytes: Uint8Array, from: number): number {
  const byte = bytes[from]
  if (byte !== AMPERSAND && !(byte === EXCLAMATION && bytes[from + 1] === EXCLAMATION)) return from
  const limit = Math.min(bytes.length, from + MAX_CALLEE)
  let at = from + 1
  while (at < limit && (isName(bytes[at]) || bytes[at] === EXCLAMATION)) at++
  const end = at
  while (at < limit && isBlank(bytes[at])) at++
  return at > end ? at : from
}

/** `aws.String("…")`, `new SecretKey("…")`: past the parenthesis, if a text follows it. */
export function skipCallee(bytes: Uint8Array, from: number): number {
  const limit = Math.min(bytes.length, from + MAX_CALLEE)
  let at = from
  while (at < limit && (isName(bytes[at]) || bytes[at] === SPACE)) at++
  return at > from && bytes[at] === OPEN_PAREN && isQuote(bytes[at + 1]) ? at + 1 : from
}

/** b'…', r"…", f"…", L"…", @"…", $'…' */
export function skipStringPrefix(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  const isPrefix =
    byte === AT || byte === DOLLAR || (byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122)
  return isPrefix && isQuote(bytes[at + 1]) ? at + 1 : at
}
