import { isDigit, isNewline, isQuote, latin1From, skipBlanks } from './bytes.ts'
import { skipTypeAnnotation } from './skip-type-annotation.ts'

const EXCLAMATION = 33
const OPEN_PAREN = 40
const CLOSE_PAREN = 41
const ASTERISK = 42
const PLUS = 43
const COMMA = 44
const DASH = 45
const DOT = 46
const SLASH = 47
const COLON = 58
const LESS = 60
const EQUAL = 61
const GREATER = 62
const QUESTION = 63
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const UNDERSCORE = 95
const PIPE = 124
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

export interface Operator {
  /** `=`, `:`, `>` of an XML element, `,` or `(` of a call, ` ` of a flag, `?` of a default. */
  kind: string
  end: number
}

/** What joins the name that ends at `from` to a value. */
export function readOperator(bytes: Uint8Array, from: number): Operator | undefined {
  let at = from
  // What closes the name: "password": … , headers['token'] = … , \"token\": … , **token**: … , "${token}" == …
  for (let closers = 0; closers < 5; closers++) {
    const byte = bytes[at]
    if (!isQuote(byte) && !isCloser(byte)) break
    at++
  }
  const closed = at > from
  if (bytes[at] === OPEN_BRACKET) at = skipDimension(bytes, at)
  const blanksFrom = at
  at = skipBlanks(bytes, at)
  const next = bytes[at + 1]
  switch (bytes[at]) {
    case EQUAL:
      if (next === EQUAL) return { kind: '=', end: bytes[at + 2] === EQUAL ? at + 3 : at + 2 }
      return { kind: '=', end: next === GREATER ? at + 2 : at + 1 }
    case EXCLAMATION:
      if (next !== EQUAL) return undefined
      return { kind: '=', end: bytes[at + 2] === EQUAL ? at + 3 : at + 2 }
    case COLON:
      if (isColonEqual(bytes, at)) return { kind: '=', end: bytes.indexOf(EQUAL, at) + 1 }
      // A default of a shell: ${TOKEN:-…}
      if (next === DASH) return { kind: ':', end: at + 2 }
      if (next === COLON || (next === SLASH && bytes[at + 2] === SLASH)) return undefined
      return { kind: ':', end: skipTypeAnnotation(bytes, at + 1) }
    case GREATER:
      // `->` reads a field; `<password>` opens an element.
      return bytes[at - 1] === DASH ? undefined : { kind: '>', end: at + 1 }
    case COMMA:
      // `"key_", "…"` joins the pieces of one text; a name does not end in its own separator.
      if (!closed) return readBesideError(bytes, at)
      return isNameEnd(bytes[from - 1]) ? { kind: ',', end: at + 1 } : undefined
    case OPEN_PAREN:
      return at === from ? { kind: '(', end: at + 1 } : undefined
    case PIPE:
      return next === PIPE ? { kind: '?', end: bytes[at + 2] === EQUAL ? at + 3 : at + 2 } : undefined
    case QUESTION:
      return next === EQUAL || next === QUESTION || next === COLON ? { kind: '?', end: at + 2 } : undefined
    case OPEN_BRACE:
      return readAccessors(bytes, at)
    case LESS:
      return next === DASH ? { kind: '=', end: at + 2 } : undefined
    case PLUS:
      return next === EQUAL ? { kind: '=', end: at + 2 } : undefined
    default:
      return at > blanksFrom && !closed && at < bytes.length && !isNewline(bytes[at])
        ? { kind: ' ', end: at }
        : undefined
  }
}

/** `char key[] = …`, `char key[32] = …` */
function skipDimension(bytes: Uint8Array, from: number): number {
  let at = from + 1
  while (at < from + 8 && isDigit(bytes[at] ?? 0)) at++
  return bytes[at] === CLOSE_BRACKET ? at + 1 : from
}

/** `key, err := …` of Go. */
function readBesideError(bytes: Uint8Array, from: number): Operator | undefined {
  const [whole] = /^, ?(?:err|_|ok) :?=/.exec(latin1From(bytes, from, 10)) ?? []
  return whole === undefined ? undefined : { kind: '=', end: from + whole.length }
}

/** `Key { get; set; } = …` of C#. */
function readAccessors(bytes: Uint8Array, from: number): Operator | undefined {
  const [whole] =
    /^\{ ?get; ?(?:[a-z]{0,9} ?(?:set|init); ?)?\} ?=(?!>)/.exec(latin1From(bytes, from, 48)) ?? []
  return whole === undefined ? undefined : { kind: '=', end: from + whole.length }
}

function isCloser(byte: number | undefined): boolean {
  return (
    byte === CLOSE_BRACKET ||
    byte === CLOSE_PAREN ||
    byte === CLOSE_BRACE ||
    byte === BACKSLASH ||
    byte === ASTERISK
  )
}

function isNameEnd(byte: number | undefined): boolean {
  return byte !== UNDERSCORE && byte !== DASH && byte !== DOT
}

/** `:=`, `::=`, `:::=` */
function isColonEqual(bytes: Uint8Array, from: number): boolean {
  let at = from
  while (bytes[at] === COLON && at - from < 3) at++
  return bytes[at] === EQUAL
}
