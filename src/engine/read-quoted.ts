import { isNewline, isQuote, isSpace } from './bytes.ts'
import { MAX_VALUE, type Value } from './read-bare.ts'

const NEWLINE = 10
const COMMA = 44
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93

/** Most blanks before a value in the lines behind its name, and between the texts of a list. */
export const MAX_BLANKS = 80

/** The text that the quote at `quoteAt` opens, within one line. */
export function readQuoted(
  bytes: Uint8Array,
  quoteAt: number,
  quote: number,
  escaped: boolean,
  ofLines = false,
): Value | undefined {
  let valueStart = quoteAt + 1
  if (bytes[valueStart] === quote && bytes[valueStart + 1] === quote) {
    valueStart += 2
    if (isNewline(bytes[valueStart])) valueStart = skipSpace(bytes, valueStart)
  }
  const limit = Math.min(bytes.length, valueStart + MAX_VALUE)
  for (let at = valueStart; at < limit; at++) {
    const byte = bytes[at]
    if (byte === BACKSLASH) {
      if (escaped && bytes[at + 1] === quote) return { quote, valueStart, valueEnd: at }
      at++
    } else if (byte === quote) {
      return { quote, valueStart, valueEnd: at }
    } else if (isNewline(byte)) {
      const isOnlyLine = valueStart > quoteAt + 3 && (ofLines || bytes[skipSpace(bytes, at)] === quote)
      return isOnlyLine ? { quote, valueStart, valueEnd: at } : undefined
    }
  }
  return undefined
}

/** `[[…]]` of Lua: a text of one line. In lists of lists quotes, commas and brackets come. */
export function readLongBracket(bytes: Uint8Array, from: number): Value | undefined {
  if (bytes[from] !== OPEN_BRACKET || bytes[from + 1] !== OPEN_BRACKET) return undefined
  const valueStart = from + 2
  const limit = Math.min(bytes.length, valueStart + MAX_VALUE)
  let valueEnd = valueStart
  while (valueEnd < limit && !endsLongBracket(bytes[valueEnd])) valueEnd++
  const isText =
    valueEnd > valueStart && bytes[valueEnd] === CLOSE_BRACKET && bytes[valueEnd + 1] === CLOSE_BRACKET
  return isText ? { quote: OPEN_BRACKET, valueStart, valueEnd } : undefined
}

function endsLongBracket(byte: number | undefined): boolean {
  return byte === CLOSE_BRACKET || byte === OPEN_BRACKET || byte === COMMA || isQuote(byte) || isSpace(byte)
}

/** Past some blanks and one line break: a history is searched by lines, each with the one before it. */
export function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from
  for (let lines = 0; at < from + MAX_BLANKS && isSpace(bytes[at]); at++) {
    if (bytes[at] === NEWLINE && ++lines > 1) break
  }
  return at
}
