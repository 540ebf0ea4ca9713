import { RunEnds } from './run-ends.ts'

const DOUBLE_QUOTE = 34
const SINGLE_QUOTE = 39
const COMMA = 44
const SEMICOLON = 59
const BACKSLASH = 92
const LETTER_N = 110

/** Most bytes of a value. */
export const MAX_VALUE = 4096
/** Punctuation behind a bare value that is none of it. */
const MAX_PUNCTUATION = 8

/** Offsets are bytes, the end exclusive. */
export interface Value {
  /** The quote's byte, `[` for a text in long brackets, `{` for a list of bytes, 0 for a bare value. */
  quote: number
  valueStart: number
  valueEnd: number
}

/** Where bare values and the texts of XML elements end. Values overlap on hostile text; it is read once all the same. */
export interface ValueEnds {
  bare: RunEnds
  /** Bare values within a pair of a query, a connection string or a quoted argument. */
  pair: RunEnds
  element: RunEnds
}

/** @param bareToLineEnd whether a bare value may hold `,;)]}` as in an env file, or ends there as in code */
export function createValueEnds(bareToLineEnd: boolean): ValueEnds {
  return {
    bare: new RunEnds(bareToLineEnd ? ' \t\r\n' : ' \t\r\n"\'`,;)]}<>'),
    pair: new RunEnds(' \t\r\n"\'`,;)]}<>&\\'),
    element: new RunEnds('<\r\n'),
  }
}

/** A value without quotes. */
export function readBare(bytes: Uint8Array, from: number, ends: RunEnds): Value | undefined {
  let valueEnd = ends.find(bytes, from)
  if (valueEnd - from > MAX_VALUE) return undefined
  const least = Math.max(from, valueEnd - MAX_PUNCTUATION)
  while (valueEnd > least && isBehindValue(bytes[valueEnd - 1])) valueEnd--
  if (endsWithLine(bytes, valueEnd)) valueEnd -= 2
  return valueEnd > from ? { quote: 0, valueStart: from, valueEnd } : undefined
}

/** `"- PASSWORD=…\\n  - NAME=…"`: a line of a text in quotes. */
function endsWithLine(bytes: Uint8Array, end: number): boolean {
  return bytes[end - 1] === LETTER_N && bytes[end - 2] === BACKSLASH
}

/** The quote closes the text that the value is the end of: `"deploy --token …",`. */
function isBehindValue(byte: number | undefined): boolean {
  return byte === COMMA || byte === SEMICOLON || byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE
}
