// Values of code: bare words are expressions there, so that only texts, and lists of numbers, may be secrets (AssemblyScript).

import { mayQuotedHold, MAX_VALUE } from './quoted-values'
import { BYTE_BLANK, BYTE_NAME, byteAt, high, isCut, isQuote, kindOf, low, nameStartOf } from './text'
import { isCallOfText, isSpace, MAX_CALLEE, mayEndBare, skipBlanks, skipBreak, textAt } from './value-marks'
import { begin, mayHold, take } from './value-words'

/** Most bytes between an operator and a list of numbers. */
const MAX_OPENING: usize = 64

/** Whether all that have such a name ask a judge about its value. */
// @ts-ignore: decorator
@inline export function isJudgedOnly(filter: usize): bool {
  return load<u32>(filter, 16) == u32.MAX_VALUE
}

/** Whether the name stands in a text of code, see `isWithinText` of the engine. */
export function isWithinText(literal: usize, nameEnd: usize): bool {
  const at = nameStartOf(literal)
  if (at == low) return isCut
  const before = load<u8>(at - 1)
  if (isQuote(before)) return !isQuote(byteAt(nameEnd))
  if (before == 0x7b) return at > low + 1 ? load<u8>(at - 2) == 0x24 : isCut
  return before == 0x26 || before == 0x3f || before == 0x3b
}

/** In code a value without quotes is none, unless a quote ends it, or one opens behind brackets or the name of a function. */
export function mayExpressionHold(filter: usize, from: usize): bool {
  let at = from
  // A text of Lua: `[[…]]`.
  if ((byteAt(at) == 0x5b && byteAt(at + 1) == 0x5b) || leadsToNumbers(at)) return true
  for (let opened = 0; opened < 2 && (byteAt(at) == 0x28 || byteAt(at) == 0x5b); opened++) {
    if (byteAt(at + 1) == 0x5d) return isSliceOfTexts(at + 2)
    at = skipBlanks(at + 1)
  }
  if (at >= high) return isCut
  // The first text of a list says nothing of the others, and a here-document may hold anything.
  if (at > from && (textAt(at) != 0 || isSpace(load<u8>(at)))) return true
  if (byteAt(at) == 0x3c && byteAt(at + 1) == 0x3c) return true
  const start = at
  let isName = true
  begin()
  for (; at < high; at++) {
    const byte = load<u8>(at)
    if (at - start >= MAX_VALUE || byte == 0x5c) return true
    if (isQuote(byte)) return mayHold(filter, at - start, false)
    if (kindOf(byte) & BYTE_BLANK || byte == 0x0a || byte == 0x0d || mayEndBare(byte)) return isName && isCallOfText(start, at)
    if (!(kindOf(byte) & BYTE_NAME)) {
      if (isName && byte == 0x28 && at - start <= MAX_CALLEE && isQuote(byteAt(at + 1))) return mayQuotedHold(filter, at + 1)
      isName = false
    }
    take(byte)
  }
  return isCut
}

/** Whether a word of so many bytes, without quotes, stands there, or behind brackets. */
export function holdsRun(from: usize, length: u32): bool {
  let at = from
  while (at < from + MAX_OPENING && at < high && isOpenerOfWord(load<u8>(at))) at++
  const end = at + length
  if (end > high) return isCut
  for (; at < end; at++) if (endsWord(load<u8>(at))) return false
  return true
}

/** Blank, `( [` */
// @ts-ignore: decorator
@inline function isOpenerOfWord(byte: u32): bool {
  return (kindOf(byte) & BYTE_BLANK) != 0 || byte == 0x28 || byte == 0x5b
}

/** What `hit-filter.ts` of the engine knows that no value of such a name holds. */
// @ts-ignore: decorator
@inline function endsWord(byte: u32): bool {
  return isSpace(byte) || mayEndBare(byte) || byte == 0x28 || byte == 0x5b || byte == 0x7b || byte == 0x5c
}

/** Whether a list of numbers begins near: `{0x2b, …`, `new byte[] {(byte) 0x2b, …`, `Buffer.from([43, …`. */
function leadsToNumbers(from: usize): bool {
  for (let at = from; at < from + MAX_OPENING; at++) {
    if (at >= high) return isCut
    const byte = load<u8>(at)
    if (byte == 0x5b || byte == 0x7b) {
      if (isNumberOfList(skipBreak(at + 1))) return true
    } else if (byte == 0x2c || byte == 0x3d || byte == 0x0a || byte == 0x0d || isQuote(byte)) return false
  }
  return false
}

/** `0x2b`, `43,`, `-43,`, `(byte)` */
function isNumberOfList(from: usize): bool {
  let at = byteAt(from) == 0x2d ? from + 1 : from
  if (byteAt(at) == 0x28) return byteAt(at + 1) == 0x62
  if (byteAt(at) - 0x30 >= 10) return false
  if ((byteAt(at + 1) | 0x20) == 0x78) return true
  const limit = at + 3
  while (at < limit && byteAt(at) - 0x30 < 10) at++
  return at >= high ? isCut : load<u8>(at) == 0x2c
}

/** `[]string{"…"}`, `[]byte("…")`: behind the brackets. */
function isSliceOfTexts(from: usize): bool {
  let at = from
  while (at < high && at < from + MAX_CALLEE && kindOf(load<u8>(at)) & BYTE_NAME) at++
  if (at + 1 >= high) return isCut
  return (load<u8>(at) == 0x7b || load<u8>(at) == 0x28) && isQuote(load<u8>(at + 1))
}
