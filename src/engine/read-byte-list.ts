import { isDigit, isNewline, isQuote, isSpace, latin1From } from './bytes.ts'
import type { Value } from './read-bare.ts'
import { MAX_BLANKS } from './read-quoted.ts'

const OPEN_PAREN = 40
const COMMA = 44
const DASH = 45
const EQUAL = 61
const OPEN_BRACKET = 91
const OPEN_BRACE = 123

/** Most bytes of what stands before the list: `new byte[] `, `Buffer.from(`. */
const MAX_OPENING = 64
/** Most bytes of the list. */
const MAX_LIST = 1024
/** Keys are no shorter. */
const LEAST_BYTES = 16

/**
 * A key that is written as a list of bytes in one line: `{0x2b, 0x7e, …}`, `[]byte{…}`, `new byte[] {(byte) 0x2b, …}`, `bytes([…])`,
 * `Buffer.from([43, 126, …])`.
 */
export function readByteList(bytes: Uint8Array, from: number): Value | undefined {
  const limit = Math.min(bytes.length, from + MAX_OPENING)
  for (let at = from; at < limit; at++) {
    const byte = bytes[at]!
    if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      const list = readList(bytes, at + 1)
      if (list) return list
    } else if (byte === COMMA || byte === EQUAL || isNewline(byte) || isQuote(byte)) return undefined
  }
  return undefined
}

function readList(bytes: Uint8Array, from: number): Value | undefined {
  let valueStart = from
  while (valueStart < from + MAX_BLANKS && isSpace(bytes[valueStart])) valueStart++
  const first = bytes[valueStart] ?? 0
  if (!isDigit(first) && first !== OPEN_PAREN && first !== DASH) return undefined
  const [list] = /^[^\n\]}]*(?=\s{0,80}[\]}])/.exec(latin1From(bytes, valueStart, MAX_LIST)) ?? []
  const text = list?.trimEnd()
  if (text === undefined || !bytesOfList(text)) return undefined
  return { quote: OPEN_BRACE, valueStart, valueEnd: valueStart + text.length }
}

/** The bytes of a list, of which there are enough for a key; undefined for other texts. */
export function bytesOfList(text: string): Uint8Array | undefined {
  if (!/^(?:\(byte\)|0x[0-9a-f]|-?\d{1,3}\s*,)/i.test(text)) return undefined
  const numbers = text
    .replace(/\(byte\)|,$/g, '')
    .split(',')
    .map(toNumber)
  const areBytes = numbers.every(number => number >= -128 && number <= 255)
  return areBytes && numbers.length >= LEAST_BYTES ? Uint8Array.from(numbers) : undefined
}

/** NaN for what is no number of C, Go, Java, JavaScript, Python or Rust. */
function toNumber(piece: string): number {
  const [, number] = /^\s*(0x[0-9a-f]{1,2}|-?\d{1,3})(?:_?u8)?\s*$/i.exec(piece) ?? []
  return Number(number)
}
