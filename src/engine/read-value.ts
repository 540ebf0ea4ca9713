import { isQuote, skipBlanks } from './bytes.ts'
import { readBare, type Value, type ValueEnds } from './read-bare.ts'
import { readBlock, readHeredoc } from './read-block.ts'
import { readByteList } from './read-byte-list.ts'
import { readElement } from './read-element.ts'
import { readLongBracket, readQuoted } from './read-quoted.ts'
import { skipCallee, skipOpeners, skipProperty, skipStringPrefix } from './skip-openers.ts'

const LESS = 60
const GREATER = 62
const BACKSLASH = 92
const PIPE = 124

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
  const bracketed =
    operator === '=' || operator === ':'
      ? (readLongBracket(bytes, skipBlanks(bytes, from)) ?? readByteList(bytes, from))
      : undefined
  if (bracketed) return bracketed
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
