/** The texts of an object that is written into a value, or of the list that a value opens. */
import { isBlank, isNewline, isQuote, isSpace, latin1, skipBlanks } from './bytes.ts'
import type { Value } from './read-bare.ts'
import { MAX_BLANKS, readQuoted } from './read-quoted.ts'

const COMMA = 44
const DOT = 46
const COLON = 58
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123

const MAX_SIBLINGS = 32
/** Most bytes of a list whose pieces make up one text. */
const MAX_LIST = 512

export interface Texts {
  first: Value
  siblings: readonly Value[]
}

const none: readonly Value[] = []

/** The value, or the texts of the object that it holds, or of the list that it opens. */
export function readTexts(
  bytes: Uint8Array,
  from: number,
  value: Value,
  ofLines: boolean,
): Texts | undefined {
  const nested = holdsObject(bytes, value) ? readNested(bytes, value, MAX_SIBLINGS) : none
  if (nested[0]) return { first: nested[0], siblings: nested.slice(1) }
  if (!opensList(bytes, from, value.valueStart)) return { first: value, siblings: none }
  if (isJoined(bytes, value, ofLines)) return undefined
  const siblings = readSiblings(bytes, value, ofLines)
  return siblings && { first: value, siblings }
}

/** Undefined for a list that is no list of secrets: of other lengths, so of words, or of the pieces of one text. */
function readSiblings(bytes: Uint8Array, first: Value, ofLines: boolean): Value[] | undefined {
  const siblings: Value[] = []
  const goesOn = bytes[first.valueEnd + 1] === COMMA && !(ofLines && endsLine(bytes, first.valueEnd + 2))
  if (goesOn && !readSibling(bytes, first)) return undefined
  for (let next = readSibling(bytes, first); next; next = readSibling(bytes, next)) {
    if (siblings.push(next) === MAX_SIBLINGS) break
  }
  return siblings
}

function endsLine(bytes: Uint8Array, from: number): boolean {
  const at = skipBlanks(bytes, from)
  return isNewline(bytes[at])
}

/**
 * The next text of a list of texts of one length: `"tokens": ["…", "…"]`. Other lists hold words, or the pieces of one text.
 */
function readSibling(bytes: Uint8Array, { quote, valueStart, valueEnd: from }: Value): Value | undefined {
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
function holdsObject(bytes: Uint8Array, { quote, valueStart }: Value): boolean {
  return quote !== 0 && bytes[valueStart] === OPEN_BRACE
}

/**
 * The texts of an object that is written into the value, as in `"token": "{\"id\": \"…\"}"`, at most `most`.
 * Whatever they are called there, they make up what the outer name says.
 */
function readNested(bytes: Uint8Array, { valueStart, valueEnd }: Value, most: number): Value[] {
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
function opensList(bytes: Uint8Array, from: number, valueStart: number): boolean {
  for (let at = valueStart - 2; at >= from; at--) if (bytes[at] === OPEN_BRACKET) return true
  return false
}

/** Whether the list that opens before the value is put together to one text: `['…', '…'].join('')`. */
function isJoined(bytes: Uint8Array, { valueEnd }: Value, ofLines: boolean): boolean {
  const limit = Math.min(bytes.length, valueEnd + MAX_LIST)
  let at = valueEnd
  while (at < limit && bytes[at] !== CLOSE_BRACKET && !(ofLines && isNewline(bytes[at]))) at++
  return bytes[at + 1] === DOT && latin1(bytes, at + 2, Math.min(bytes.length, at + 6)) === 'join'
}
