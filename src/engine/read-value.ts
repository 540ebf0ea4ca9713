import { isBlank, isNewline, isQuote, isSpace } from './bytes.ts'
import { readElement } from './read-element.ts'
import { RunEnds } from './run-ends.ts'
import { skipCallee, skipOpeners, skipProperty, skipStringPrefix } from './skip-openers.ts'

const NEWLINE = 10
const DOUBLE_QUOTE = 34
const SINGLE_QUOTE = 39
const COMMA = 44
const SEMICOLON = 59
const LESS = 60
const GREATER = 62
const BACKSLASH = 92
const PIPE = 124

const MAX_VALUE = 4096
/** Most bytes of the word that ends a here-document. */
const MAX_MARK = 40
/** Most blanks between the texts of a list. */
export const MAX_BLANKS = 80
/** Punctuation behind a bare value that is none of it. */
const MAX_PUNCTUATION = 8

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

export interface Value {
  /** The quote's byte, 0 for a bare value. */
  quote: number
  valueStart: number
  valueEnd: number
}

interface ReadOptions {
  /** It is one of a query, a connection string or a quoted argument. */
  isPair: boolean
  /** What follows its line may be of another text. */
  ofLines: boolean
}

/** The value behind an operator that ends at `from`. */
export function readValue(
  bytes: Uint8Array,
  from: number,
  operator: string,
  ends: ValueEnds,
  { isPair, ofLines }: ReadOptions,
): Value | undefined {
  let at = skipOpeners(bytes, from)
  if (operator === ':') at = skipProperty(bytes, at)
  if (bytes[at] === LESS && bytes[at + 1] === LESS) return readHeredoc(bytes, at, ends.bare)
  const escaped = bytes[at] === BACKSLASH && isQuote(bytes[at + 1])
  const quoteAt = escaped ? at + 1 : skipStringPrefix(bytes, skipCallee(bytes, at))
  const quote = bytes[quoteAt]
  if (quote !== undefined && isQuote(quote)) return readQuoted(bytes, quoteAt, quote, escaped, ofLines)
  if (operator === ':' && (quote === PIPE || quote === GREATER)) return readBlock(bytes, quoteAt, ends.bare)
  if (operator === ',' || operator === '(' || operator === '?') return undefined
  return operator === '>'
    ? readElement(bytes, from, ends.element, ofLines)
    : readBare(bytes, at, isPair ? ends.pair : ends.bare)
}

/** The first line of a here-document: `<<EOT`, `<<-'EOT'`, `<<~EOT`. */
function readHeredoc(bytes: Uint8Array, from: number, ends: RunEnds): Value | undefined {
  const limit = Math.min(bytes.length, from + MAX_MARK)
  let at = from + 2
  while (at < limit && !isNewline(bytes[at])) at++
  at = skipSpace(bytes, at)
  return isNewline(bytes[at]) ? undefined : readBare(bytes, at, ends)
}

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

/** Past some blanks and one line break: a history is searched by lines, each with the one before it. */
function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from
  for (let lines = 0; at < from + MAX_BLANKS && isSpace(bytes[at]); at++) {
    if (bytes[at] === NEWLINE && ++lines > 1) break
  }
  return at
}

/** The first line of a block scalar of YAML: `|`, `>`, with an indentation and what to do with the last line break. */
function readBlock(bytes: Uint8Array, from: number, ends: RunEnds): Value | undefined {
  let at = from + 1
  while (at < from + 3 && isBlockMark(bytes[at])) at++
  if (!isNewline(bytes[at])) return undefined
  const limit = Math.min(bytes.length, at + MAX_BLANKS)
  while (at < limit && isSpace(bytes[at])) at++
  return isBlank(bytes[at - 1]) ? readBare(bytes, at, ends) : undefined
}

/** `-`, `+` or a digit. */
function isBlockMark(byte: number | undefined): boolean {
  return byte === 43 || byte === 45 || (byte !== undefined && byte >= 49 && byte <= 57)
}

function readBare(bytes: Uint8Array, from: number, ends: RunEnds): Value | undefined {
  let valueEnd = ends.find(bytes, from)
  if (valueEnd - from > MAX_VALUE) return undefined
  const least = Math.max(from, valueEnd - MAX_PUNCTUATION)
  while (valueEnd > least && isBehindValue(bytes[valueEnd - 1])) valueEnd--
  return valueEnd > from ? { quote: 0, valueStart: from, valueEnd } : undefined
}

/** The quote closes the text that the value is the end of: `"deploy --token …",`. */
function isBehindValue(byte: number | undefined): boolean {
  return byte === COMMA || byte === SEMICOLON || byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE
}
