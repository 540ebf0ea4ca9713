import { isBlank, isName, isNewline, isQuote, latin1, latin1From } from './bytes.ts'
import { RunEnds } from './run-ends.ts'

const NEWLINE = 10
const SPACE = 32
const EXCLAMATION = 33
const DOUBLE_QUOTE = 34
const DOLLAR = 36
const AMPERSAND = 38
const SINGLE_QUOTE = 39
const OPEN_PAREN = 40
const COMMA = 44
const DOT = 46
const COLON = 58
const SEMICOLON = 59
const LESS = 60
const GREATER = 62
const AT = 64
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const PIPE = 124

const MAX_VALUE = 4096
/** Most bytes of the name of a function that wraps a value: `hex.DecodeString("…")`. */
const MAX_CALLEE = 40
/** Most blanks between the texts of a list. */
const MAX_BLANKS = 80
/** Most bytes of a list whose pieces make up one text. */
const MAX_LIST = 512
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
    ? readElement(bytes, from, ends, ofLines)
    : readBare(bytes, at, isPair ? ends.pair : ends.bare)
}

/**
 * The next text of a list of texts of one length: `"tokens": ["…", "…"]`. Other lists hold words, or the pieces of one text.
 */
export function readSibling(
  bytes: Uint8Array,
  { quote, valueStart, valueEnd: from }: Value,
): Value | undefined {
  if (quote === 0 || bytes[from] !== quote || bytes[from + 1] !== COMMA) return undefined
  let at = from + 2
  while (at < from + MAX_BLANKS && isSpace(bytes[at])) at++
  const length = from - valueStart
  if (bytes[at] !== quote || bytes[at + 1 + length] !== quote) return undefined
  const next = readQuoted(bytes, at, quote, false)
  if (next?.valueEnd !== at + 1 + length) return undefined
  const after = bytes[next.valueEnd + 1]
  // `"a": …` is the next key of an object and no element.
  return after === COMMA || after === CLOSE_BRACKET || isNewline(after) ? next : undefined
}

/** Whether a quoted value is an object that is written as a text. */
export function holdsObject(bytes: Uint8Array, { quote, valueStart }: Value): boolean {
  return quote !== 0 && bytes[valueStart] === OPEN_BRACE
}

/**
 * The texts of an object that is written into the value, as in `"token": "{\"id\": \"…\"}"`, at most `most`.
 * Whatever they are called there, they make up what the outer name says.
 */
export function readNested(bytes: Uint8Array, { valueStart, valueEnd }: Value, most: number): Value[] {
  const texts: Value[] = []
  for (let at = valueStart; at < valueEnd && texts.length < most; at++) {
    if (bytes[at] !== COLON) continue
    let quoteAt = at + 1
    while (isBlank(bytes[quoteAt])) quoteAt++
    const escaped = bytes[quoteAt] === BACKSLASH
    if (escaped) quoteAt++
    const inner = bytes[quoteAt]
    if (inner === undefined || !isQuote(inner) || quoteAt >= valueEnd) continue
    const text = readQuoted(bytes, quoteAt, inner, escaped)
    if (!text || text.valueEnd > valueEnd) continue
    texts.push(text)
    at = text.valueEnd
  }
  return texts
}

/** Whether a bracket stands between the operator and the value: the value is the first of a list. */
export function opensList(bytes: Uint8Array, from: number, valueStart: number): boolean {
  for (let at = valueStart - 2; at >= from; at--) if (bytes[at] === OPEN_BRACKET) return true
  return false
}

/** Whether the list that opens before the value is put together to one text: `['…', '…'].join('')`. */
export function isJoined(bytes: Uint8Array, { valueEnd }: Value, ofLines: boolean): boolean {
  const limit = Math.min(bytes.length, valueEnd + MAX_LIST)
  let at = valueEnd
  while (at < limit && bytes[at] !== CLOSE_BRACKET && !(ofLines && isNewline(bytes[at]))) at++
  return bytes[at + 1] === DOT && latin1(bytes, at + 2, Math.min(bytes.length, at + 6)) === 'join'
}

/** Blanks, opening brackets, and one line break before a quoted text. */
function skipOpeners(bytes: Uint8Array, from: number): number {
  let at = from
  while (isBlank(bytes[at])) at++
  if (bytes[at] === OPEN_BRACKET && bytes[at + 1] === CLOSE_BRACKET) return skipSliceType(bytes, at)
  for (let opened = 0; opened < 2 && (bytes[at] === OPEN_PAREN || bytes[at] === OPEN_BRACKET); opened++) {
    at++
    while (isBlank(bytes[at])) at++
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
function skipProperty(bytes: Uint8Array, from: number): number {
  const byte = bytes[from]
  if (byte !== AMPERSAND && !(byte === EXCLAMATION && bytes[from + 1] === EXCLAMATION)) return from
  const limit = Math.min(bytes.length, from + MAX_CALLEE)
  let at = from + 1
  while (at < limit && (isName(bytes[at]) || bytes[at] === EXCLAMATION)) at++
  const end = at
  while (at < limit && isBlank(bytes[at])) at++
  return at > end ? at : from
}

/** The first line of a here-document: `<<EOT`, `<<-'EOT'`, `<<~EOT`. */
function readHeredoc(bytes: Uint8Array, from: number, ends: RunEnds): Value | undefined {
  const limit = Math.min(bytes.length, from + MAX_CALLEE)
  let at = from + 2
  while (at < limit && !isNewline(bytes[at])) at++
  at = skipSpace(bytes, at)
  return isNewline(bytes[at]) ? undefined : readBare(bytes, at, ends)
}

/** `aws.String("…")`, `new SecretKey("…")`: past the parenthesis, if a text follows it. */
function skipCallee(bytes: Uint8Array, from: number): number {
  const limit = Math.min(bytes.length, from + MAX_CALLEE)
  let at = from
  while (at < limit && (isName(bytes[at]) || bytes[at] === SPACE)) at++
  return at > from && bytes[at] === OPEN_PAREN && isQuote(bytes[at + 1]) ? at + 1 : from
}

/** b'…', r"…", f"…", L"…", @"…", $'…' */
function skipStringPrefix(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  const isPrefix =
    byte === AT || byte === DOLLAR || (byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122)
  return isPrefix && isQuote(bytes[at + 1]) ? at + 1 : at
}

function readQuoted(
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

/** The text of an XML element, which may stand on a line of its own. */
function readElement(bytes: Uint8Array, from: number, ends: ValueEnds, ofLines: boolean): Value | undefined {
  const limit = Math.min(bytes.length, from + MAX_VALUE)
  let valueStart = from
  while (valueStart < limit && isSpace(bytes[valueStart])) valueStart++
  if (bytes[valueStart] === LESS) return readCharacterData(bytes, valueStart)
  let at = ends.element.find(bytes, valueStart)
  if (at > limit) return undefined
  let valueEnd = at
  const isOpen = ofLines && isNewline(bytes[at])
  while (at < limit && isSpace(bytes[at])) at++
  while (valueEnd > valueStart && isBlank(bytes[valueEnd - 1])) valueEnd--
  return valueEnd > valueStart && (isOpen || bytes[at] === LESS)
    ? { quote: 0, valueStart, valueEnd }
    : undefined
}

/** `<![CDATA[…]]>` (XML 1.0, section 2.7). */
function readCharacterData(bytes: Uint8Array, from: number): Value | undefined {
  const valueStart = from + CDATA.length
  if (latin1From(bytes, from, CDATA.length) !== CDATA) return undefined
  const limit = Math.min(bytes.length, valueStart + MAX_VALUE)
  let valueEnd = valueStart
  while (valueEnd < limit && bytes[valueEnd] !== CLOSE_BRACKET && !isNewline(bytes[valueEnd])) valueEnd++
  return valueEnd > valueStart && bytes[valueEnd] === CLOSE_BRACKET
    ? { quote: 0, valueStart, valueEnd }
    : undefined
}

const CDATA = '<![CDATA['

/** Past some blanks and one line break: a history is searched by lines, each with the one before it. */
function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from
  for (let lines = 0; at < from + MAX_BLANKS && isSpace(bytes[at]); at++) {
    if (bytes[at] === NEWLINE && ++lines > 1) break
  }
  return at
}

function isSpace(byte: number | undefined): boolean {
  return isBlank(byte) || isNewline(byte)
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
