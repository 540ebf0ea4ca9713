// Tells values that nothing would be made of, so that their names need not be looked at (AssemblyScript): what is too short, texts of
// several words, words with a digit at most, nothing at all. Whatever is not as simple as that may be a value; `engine/read-value.ts` reads it.

import { BYTE_BLANK, BYTE_NAME, byteAt, high, isCode, isCut, isQuote, kindOf, low, nameStartOf } from './text'

/** Most bytes of a value, of the name of a function around it and of a type that are looked at. */
const MAX_VALUE: usize = 160
const MAX_CALLEE: usize = 40
const MAX_TYPE: usize = 48
const MAX_BREAK: usize = 80
const MAX_OPENING: usize = 64

const LETTERS: u32 = 26

let surprises: usize = 0

// Of the value that is looked at: how many digits and marks were in it, the surprise of its letters, the steps that it is the sum of, the letter before.
let digits: u32 = 0
let marks: u32 = 0
let sum: u32 = 0
let steps: u32 = 0
let before: u32 = 0

export function configureValues(surprisesAddress: usize): void {
  surprises = surprisesAddress
}

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
  if (isCode && isJudgedOnly(filter) && !isWithinText(literal, nameEnd)) return mayExpressionHold(filter, at)
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

/** Whether the text that the quote at `quoteAt` opens may be a value. */
export function mayQuotedHold(filter: usize, quoteAt: usize): bool {
  const quote = load<u8>(quoteAt)
  const start = quoteAt + 1
  // Three quotes, and an object that is written as a text.
  if (byteAt(start) == quote ? byteAt(start + 1) == quote : byteAt(start) == 0x7b) return true
  begin()
  let hasBlank = false
  const limit = start + MAX_VALUE
  for (let at = start; at < limit; at++) {
    if (at >= high) return isCut
    const byte = load<u8>(at)
    if (byte == quote) return mayHold(filter, at - start, hasBlank)
    if (byte == 0x5c) return true
    if (byte == 0x0a || byte == 0x0d) return false
    if (byte == 0x20 || byte - 9 < 5) hasBlank = true
    take(byte)
  }
  return true
}

/** Whether all that have such a name ask a judge about its value. */
// @ts-ignore: decorator
@inline function isJudgedOnly(filter: usize): bool {
  return load<u32>(filter, 16) == u32.MAX_VALUE
}

/** Whether the name stands in a text of code, see `isWithinText` of the engine. */
function isWithinText(literal: usize, nameEnd: usize): bool {
  const at = nameStartOf(literal)
  if (at == low) return isCut
  const before = load<u8>(at - 1)
  if (isQuote(before)) return !isQuote(byteAt(nameEnd))
  if (before == 0x7b) return at > low + 1 ? load<u8>(at - 2) == 0x24 : isCut
  return before == 0x26 || before == 0x3f || before == 0x3b
}

/** In code a value without quotes is none, unless a quote ends it, or one opens behind brackets or the name of a function. */
function mayExpressionHold(filter: usize, from: usize): bool {
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

/** `new SecretKey("…")` */
function isCallOfText(start: usize, from: usize): bool {
  let at = from
  while (at < start + MAX_CALLEE && at < high && (kindOf(load<u8>(at)) & BYTE_NAME || load<u8>(at) == 0x20)) at++
  if (at + 1 >= high) return isCut
  return load<u8>(at) == 0x28 && isQuote(load<u8>(at + 1))
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

/** Whether a value of so many bytes, all of them taken, is one that the filter asks for. */
function mayHold(filter: usize, length: usize, hasBlank: bool): bool {
  if (<u32>length < load<u32>(filter, 12)) return false
  return <u32>length >= load<u32>(filter, 16) || (!hasBlank && !readsAsWords())
}

function begin(): void {
  digits = 0
  marks = 0
  sum = 0
  steps = 0
  before = 0
}

// @ts-ignore: decorator
@inline function take(byte: u32): void {
  if (byte - 0x30 < 10) digits++
  else if (!(kindOf(byte) & BYTE_NAME) && byte != 0x2f && byte != 0x3a) marks++
  const small = byte | 0x20
  const letter: u32 = small - 0x61 < LETTERS ? small - 0x60 : 0
  if (letter == 0 && before == 0) return
  sum += load<u8>(surprises + before * (LETTERS + 1) + letter)
  steps++
  before = letter
}

/** Whether a value that ends here reads as words, see `letter-pairs.ts`: half nats, and less than 2.8 nats a letter. */
function readsAsWords(): bool {
  if (digits > 1 || (digits > 0 && marks > 0)) return false
  const ended = before == 0 ? 0 : 1
  const total = sum + (before == 0 ? 0 : <u32>load<u8>(surprises + before * (LETTERS + 1)))
  return steps + ended == 0 || total * 10 < (steps + ended) * 56
}

// @ts-ignore: decorator
@inline export function skipBlanks(from: usize): usize {
  let at = from
  while (at < high && kindOf(load<u8>(at)) & BYTE_BLANK) at++
  return at
}

/** Past line breaks and blanks; where there are more than belong to one value, to one of them. */
function skipBreak(from: usize): usize {
  let at = from
  while (at < high && at < from + MAX_BREAK && isSpace(load<u8>(at))) at++
  return at
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

/** The quote that a text begins with at `at`, maybe behind its prefix; 0 if none does. */
function textAt(at: usize): usize {
  const byte = load<u8>(at)
  if (isQuote(byte)) return at
  const isPrefix = byte == 0x40 || byte == 0x24 || (byte | 0x20) - 0x61 < LETTERS
  return isPrefix && isQuote(byteAt(at + 1)) ? at + 1 : 0
}

/** What a bare value ends before in code or in a query. */
// @ts-ignore: decorator
@inline function mayEndBare(byte: u32): bool {
  return (
    isQuote(byte) || byte == 0x2c || byte == 0x3b || byte == 0x29 || byte == 0x5d || byte == 0x7d ||
    byte == 0x3c || byte == 0x3e
  )
}

// @ts-ignore: decorator
@inline function isSpace(byte: u32): bool {
  return byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
}
