// What stands around the texts of values (AssemblyScript); `engine/skip-openers.ts` reads the same.

import { BYTE_BLANK, BYTE_NAME, byteAt, high, isCut, isQuote, kindOf } from './text'

/** Most bytes of the name of a function around a value. */
export const MAX_CALLEE: usize = 40
const MAX_BREAK: usize = 80
const LETTERS: u32 = 26

// @ts-ignore: decorator
@inline export function skipBlanks(from: usize): usize {
  let at = from
  while (at < high && kindOf(load<u8>(at)) & BYTE_BLANK) at++
  return at
}

/** Past line breaks and blanks; where there are more than belong to one value, to one of them. */
export function skipBreak(from: usize): usize {
  let at = from
  while (at < high && at < from + MAX_BREAK && isSpace(load<u8>(at))) at++
  return at
}

/** `new SecretKey("…")` */
export function isCallOfText(start: usize, from: usize): bool {
  let at = from
  while (at < start + MAX_CALLEE && at < high && (kindOf(load<u8>(at)) & BYTE_NAME || load<u8>(at) == 0x20)) at++
  if (at + 1 >= high) return isCut
  return load<u8>(at) == 0x28 && isQuote(load<u8>(at + 1))
}

/** The quote that a text begins with at `at`, maybe behind its prefix; 0 if none does. */
export function textAt(at: usize): usize {
  const byte = load<u8>(at)
  if (isQuote(byte)) return at
  const isPrefix = byte == 0x40 || byte == 0x24 || (byte | 0x20) - 0x61 < LETTERS
  return isPrefix && isQuote(byteAt(at + 1)) ? at + 1 : 0
}

/** What a bare value ends before in code or in a query. */
// @ts-ignore: decorator
@inline export function mayEndBare(byte: u32): bool {
  return (
    isQuote(byte) || byte == 0x2c || byte == 0x3b || byte == 0x29 || byte == 0x5d || byte == 0x7d ||
    byte == 0x3c || byte == 0x3e
  )
}

// @ts-ignore: decorator
@inline export function isSpace(byte: u32): bool {
  return byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
}
