// Tells values that nothing would be made of, so that their names need not be looked at (AssemblyScript): what is too short, texts of
// several words, words with a digit at most, nothing at all. Whatever is not as simple as that may be a value; `engine/read-value.ts` reads it.

import { holdsRun, isJudgedOnly, isWithinText, mayExpressionHold } from './expressions'
import { MAX_VALUE, mayQuotedHold } from './quoted-values'
import { BYTE_BLANK, BYTE_NAME, byteAt, high, isCode, isCut, isQuote, kindOf } from './text'
import { isCallOfText, isSpace, MAX_CALLEE, mayEndBare, skipBlanks, skipBreak, textAt } from './value-marks'
import { begin, mayHold, take } from './value-words'

/** Most bytes of a type. */
const MAX_TYPE: usize = 48

/** Whether what stands at `from`, behind an operator, may be a value that the filter asks for. The name that holds `literal` ends at `nameEnd`. */
export function mayValueHold(filter: usize, from: usize, isColon: bool, literal: usize, nameEnd: usize): bool {
  let at = skipBlanks(from)
  if (at >= high) return isCut
  const byte = load<u8>(at)
  if (byte == 0x0a || byte == 0x0d) {
    at = skipBreak(at)
    if (at >= high) return isCut
    return textAt(at) != 0 ? mayQuotedHold(filter, textAt(at)) : isSpace(load<u8>(at))
  }
  if (textAt(at) != 0) return mayQuotedHold(filter, textAt(at))
  if (isCode && !isWithinText(literal, nameEnd)) return mayExpressionHold(filter, at) || (!isJudgedOnly(filter) && holdsRun(at, load<u32>(filter, 16)))
  return isOpener(at, byte) || (isColon && isNodeMark(byte)) || mayBareHold(filter, at)
}

/** The same behind the `>` of an element. */
export function mayElementHold(filter: usize, from: usize): bool {
  let at = skipBlanks(from)
  if (at >= high) return isCut
  let byte = load<u8>(at)
  if (byte == 0x0a || byte == 0x0d) {
    at = skipBreak(at)
    if (at >= high) return isCut
    byte = load<u8>(at)
  }
  // `<![CDATA[`, a here-document
  if (byte == 0x3c) return byteAt(at + 1) == 0x21 || byteAt(at + 1) == 0x3c
  if (isOpener(at, byte) || isSpace(byte)) return true
  return textAt(at) != 0 ? mayQuotedHold(filter, textAt(at)) : mayTextHold(filter, at)
}

/** A value without quotes ends at a blank; in code, and in a query, before that. */
function mayBareHold(filter: usize, start: usize): bool {
  begin()
  let isName = true
  let at = start
  for (; at < high; at++) {
    const byte = load<u8>(at)
    if (kindOf(byte) & BYTE_BLANK || byte == 0x0a || byte == 0x0d) break
    if (at - start >= MAX_VALUE || byte == 0x5c || byte == 0x26) return true
    if (!(kindOf(byte) & BYTE_NAME)) {
      if (isName && byte == 0x28 && at - start <= MAX_CALLEE && isQuote(byteAt(at + 1))) return mayQuotedHold(filter, at + 1)
      isName = false
      if (mayEndBare(byte) && mayHold(filter, at - start, false)) return true
    }
    take(byte)
  }
  if (at >= high && isCut) return true
  if (mayHold(filter, at - start, false)) return true
  return isName && isCallOfText(start, at)
}

/** The text of an element, without the blanks at its end. */
function mayTextHold(filter: usize, start: usize): bool {
  begin()
  let hasBlank = false
  let end = start
  for (let at = start; at < start + MAX_VALUE; at++) {
    if (at >= high) return isCut
    const byte = load<u8>(at)
    if (byte == 0x3c || byte == 0x0a || byte == 0x0d) return mayHold(filter, end - start, hasBlank)
    if (byte == 0x26 || byte == 0x5c || isQuote(byte)) return true
    if (kindOf(byte) & BYTE_BLANK) continue
    hasBlank = hasBlank || end < at
    end = at + 1
    take(byte)
  }
  return true
}

/** `password: string = …`: past the type, see `read-operator.ts`. */
export function skipType(from: usize): usize {
  const start = skipBlanks(from)
  const limit = from + MAX_TYPE
  for (let at = start; at < limit && at < high; at++) {
    const byte = load<u8>(at)
    if (byte == 0x3d) {
      const next = byteAt(at + 1)
      return at > start && next != 0x3d && next != 0x3e && load<u8>(at - 1) == 0x20 ? at + 1 : from
    }
    if (!(kindOf(byte) & BYTE_NAME) && !isTypeMark(byte)) return from
  }
  return from
}

/** Blank, `< > [ ] & | ? *` */
// @ts-ignore: decorator
@inline function isTypeMark(byte: u32): bool {
  return (
    byte == 0x20 || byte == 0x3c || byte == 0x3e || byte == 0x5b || byte == 0x5d ||
    byte == 0x26 || byte == 0x7c || byte == 0x3f || byte == 0x2a
  )
}

/** Brackets, a here-document, a quote that is escaped: `( [ << \` */
// @ts-ignore: decorator
@inline function isOpener(at: usize, byte: u32): bool {
  return byte == 0x28 || byte == 0x5b || byte == 0x5c || (byte == 0x3c && byteAt(at + 1) == 0x3c)
}

/** A block scalar, an anchor, a tag: `| > & !` */
// @ts-ignore: decorator
@inline function isNodeMark(byte: u32): bool {
  return byte == 0x7c || byte == 0x3e || byte == 0x26 || byte == 0x21
}
