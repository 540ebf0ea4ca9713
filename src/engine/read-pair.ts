import { isBlank, isNewline, isQuote, latin1 } from './bytes.ts'
import type { Operator } from './read-operator.ts'

const NEWLINE = 10
const ASTERISK = 42
const COMMA = 44
const SLASH = 47
const COLON = 58
const LESS = 60
const EQUAL = 61
const GREATER = 62
const PIPE = 124

/** Most bytes between a name and the word `value`. */
const MAX_GAP = 80
/** Most bytes of a row of a table before the name. */
const MAX_ROW = 200
const MAX_CELL = 300

/**
 * What joins a name that is itself a value to the one beside it: `name: DB_PASSWORD` and `value: …` of Kubernetes,
 * `{"name": "…", "value": "…"}`, `<add key="…" value="…"/>`, `<name>…</name><value>…</value>`.
 */
export function readPair(bytes: Uint8Array, nameStart: number, nameEnd: number): Operator | undefined {
  const word = findValueWord(bytes, nameEnd)
  if (word < 0 || !isNamed(bytes, nameStart)) return undefined
  let at = word + 5
  if (isQuote(bytes[at])) at++
  while (isBlank(bytes[at])) at++
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

/** Where the word `value` stands behind the name, with only what closes the name and parts entries between them; else -1. */
function findValueWord(bytes: Uint8Array, nameEnd: number): number {
  const limit = Math.min(bytes.length, nameEnd + MAX_GAP)
  let at = nameEnd
  if (bytes[at] === LESS && bytes[at + 1] === SLASH) while (at < limit && bytes[at] !== GREATER) at++
  // A history is searched by lines, each with the one before it.
  for (let lines = 0; at < limit && isBetween(bytes[at]); at++)
    if (bytes[at] === NEWLINE && ++lines > 1) return -1
  const isWord = at > nameEnd && (bytes[at]! | 32) === 118 && /^value$/i.test(latin1(bytes, at, at + 5))
  return isWord ? at : -1
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

/** `| API key | … |`: the next cell of a row of a Markdown table, if it holds one word. */
export function readCell(bytes: Uint8Array, nameStart: number, nameEnd: number): Operator | undefined {
  const bar = skipFrame(bytes, nameEnd)
  if (bytes[bar] !== PIPE || !isBlank(bytes[bar + 1]) || !isRow(bytes, nameStart)) return undefined
  let end = bar + 1
  while (isBlank(bytes[end])) end++
  let at = end
  const limit = Math.min(bytes.length, end + MAX_CELL)
  while (at < limit && !isBlank(bytes[at]) && !isNewline(bytes[at]) && bytes[at] !== PIPE) at++
  while (isBlank(bytes[at])) at++
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
  while (isBlank(bytes[at])) at++
  return bytes[at] === PIPE
}
