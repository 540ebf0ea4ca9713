import { isBlank, isName, isNewline, isQuote, latin1, latin1From, skipBlanks } from './bytes.ts'
import type { Operator } from './read-operator.ts'

const NEWLINE = 10
const ASTERISK = 42
const COMMA = 44
const SLASH = 47
const COLON = 58
const LESS = 60
const EQUAL = 61
const GREATER = 62
const OPEN_BRACE = 123
const PIPE = 124

/** Most bytes between a name and the word `value`. */
const MAX_GAP = 80
/** Most bytes of a row of a table before the name. */
const MAX_ROW = 200
const MAX_CELL = 300
/** Most bytes of the attributes of an element. */
const MAX_TAG = 120

/**
 * What joins a name that is itself a value to the one beside it: `name: DB_PASSWORD` and `value: …` of Kubernetes,
 * `{"name": "…", "value": "…"}`, `<add key="…" value="…"/>`, `<name>…</name><value>…</value>`, `<key>…</key><string>…</string>`.
 */
export function readPair(bytes: Uint8Array, nameStart: number, nameEnd: number): Operator | undefined {
  let at = findWordEnd(bytes, nameEnd)
  if (at < 0 || !isNamed(bytes, nameStart)) return undefined
  if (isQuote(bytes[at])) at++
  at = skipBlanks(bytes, at)
  switch (bytes[at]) {
    case COLON:
      return { kind: ':', end: at + 1 }
    case EQUAL:
      return { kind: '=', end: at + 1 }
    case GREATER:
      return { kind: '>', end: at + 1 }
    default:
      return undefined
  }
}

/** Where the word `value` ends that stands behind the name, with only what closes the name and parts entries between them; else -1. */
function findWordEnd(bytes: Uint8Array, nameEnd: number): number {
  const limit = Math.min(bytes.length, nameEnd + MAX_GAP)
  let at = nameEnd
  if (bytes[at] === LESS && bytes[at + 1] === SLASH) while (at < limit && bytes[at] !== GREATER) at++
  // A history is searched by lines, each with the one before it.
  for (let lines = 0; at < limit && isBetween(bytes[at]); at++)
    if (bytes[at] === NEWLINE && ++lines > 1) return -1
  if (at === nameEnd) return -1
  const word = latin1From(bytes, Math.min(at, bytes.length), 6)
  if (/^value(?![a-z])/i.test(word)) return at + 5
  return word === 'string' && bytes[at - 1] === LESS ? at + 6 : -1
}

function isBetween(byte: number | undefined): boolean {
  return (
    isQuote(byte) || isBlank(byte) || isNewline(byte) || byte === COMMA || byte === LESS || byte === GREATER
  )
}

/** Whether the name is what a `name` or a `key` is set to. */
function isNamed(bytes: Uint8Array, nameStart: number): boolean {
  let at = nameStart - 1
  while (isQuote(bytes[at]) || isBlank(bytes[at])) at--
  const joiner = bytes[at]
  if (joiner !== COLON && joiner !== EQUAL && joiner !== GREATER) return false
  at--
  while (isQuote(bytes[at]) || isBlank(bytes[at])) at--
  return /(?:name|key)$/i.test(latin1(bytes, Math.max(0, at - 3), at + 1))
}

/** `<password encrypted="no">…`: past the attributes of an element. */
export function readTag(bytes: Uint8Array, nameStart: number, nameEnd: number): Operator | undefined {
  let before = nameStart - 1
  if (bytes[before] === COLON) before--
  while (bytes[before] !== LESS && isName(bytes[before])) before--
  if (bytes[before] !== LESS || !isBlank(bytes[nameEnd])) return undefined
  const limit = Math.min(bytes.length, nameEnd + MAX_TAG)
  let at = nameEnd
  while (at < limit && bytes[at] !== GREATER && bytes[at] !== LESS && !isNewline(bytes[at])) at++
  return bytes[at] === GREATER && bytes[at - 1] !== SLASH ? { kind: '>', end: at + 1 } : undefined
}

/** `{password, "…"}` and `{password, <<"…">>}` of Erlang, `{:password, "…"}` of Elixir. */
export function readTuple(bytes: Uint8Array, nameStart: number, nameEnd: number): Operator | undefined {
  if (bytes[nameEnd] !== COMMA) return undefined
  const before = bytes[nameStart - 1]
  if (before !== OPEN_BRACE && !(before === COLON && bytes[nameStart - 2] === OPEN_BRACE)) return undefined
  // `{token.INT, "…"}` is a struct of Go.
  if (!/^[a-z]\w*$/.test(latin1(bytes, nameStart, nameEnd))) return undefined
  let at = skipBlanks(bytes, nameEnd + 1)
  if (bytes[at] === LESS && bytes[at + 1] === LESS) at += 2
  return isQuote(bytes[at]) ? { kind: ',', end: at } : undefined
}

/** `| API key | … |`: the next cell of a row of a Markdown table, if it holds one word. */
export function readCell(bytes: Uint8Array, nameStart: number, nameEnd: number): Operator | undefined {
  const bar = skipFrame(bytes, nameEnd)
  if (bytes[bar] !== PIPE || !isBlank(bytes[bar + 1]) || !isRow(bytes, nameStart)) return undefined
  let end = bar + 1
  while (isBlank(bytes[end])) end++
  let at = end
  const limit = Math.min(bytes.length, end + MAX_CELL)
  while (at < limit && !isBlank(bytes[at]) && !isNewline(bytes[at]) && bytes[at] !== PIPE) at++
  at = skipBlanks(bytes, at)
  return bytes[at] === PIPE ? { kind: '|', end } : undefined
}

/** Marks of code or bold type, and blanks. */
function skipFrame(bytes: Uint8Array, from: number): number {
  let at = from
  while (isQuote(bytes[at]) || bytes[at] === ASTERISK || isBlank(bytes[at])) at++
  return at
}

/** Whether a bar opens the line. */
function isRow(bytes: Uint8Array, from: number): boolean {
  const limit = Math.max(0, from - MAX_ROW)
  let at = from
  while (at > limit && !isNewline(bytes[at - 1])) at--
  at = skipBlanks(bytes, at)
  return bytes[at] === PIPE
}
