// Whether what may be a token without a form of its own stands near: long, and with digits. What is taken for one here
// is only a reason to look at a text; `hasTokenBeside` of the search kernel asks for as much or more.

const RUN: u32 = 15
const DIGITS: u32 = 2
/** Bytes behind a name in which a token begins. */
const REACH: usize = 96
/** Lines of a block behind the one that opens it. */
const LINES: u32 = 2

/**
 * Whether a line that ends at `end` may open a block: nothing but punctuation of that kind stands behind the name there,
 * as `opensBlock` of find-beside.ts reads it.
 */
export function mayOpenBlock(end: usize): bool {
  let last = load<u8>(end - 1)
  if (last == 0x0d) last = load<u8>(end - 2)
  // Blanks, quotes, `: = > { ( [`
  return (
    isNameByte(last) ||
    last == 0x20 ||
    last == 0x09 ||
    last == 0x22 ||
    last == 0x27 ||
    last == 0x60 ||
    last == 0x3a ||
    last == 0x3d ||
    last == 0x3e ||
    last == 0x7b ||
    last == 0x28 ||
    last == 0x5b
  )
}

/** Behind the line that ends at `from`. In a batch, lines end where a separator stands: what follows is not known. */
export function mayHoldTokenBehind(from: usize, end: usize, isBatch: bool): bool {
  const limit = from + REACH + RUN
  if (!isBatch && !holdsDigits(from, min(limit, end))) return false
  let length: u32 = 0
  let digits: u32 = 0
  let lines: u32 = 0
  for (let at = from; at < limit; at++) {
    if (at >= end) return isBatch
    const byte = load<u8>(at)
    if (isNameByte(byte)) {
      length++
      if (byte - 0x30 < 10) digits++
      if (length >= RUN && digits >= DIGITS) return true
      continue
    }
    length = 0
    digits = 0
    if (byte == 1 && isBatch) return true
    // The separator begins with two line breaks.
    if (byte == 0x0a && ++lines > LINES && !(isBatch && load<u8>(at - 1) == 0x0a)) return false
  }
  return false
}

/** In a line. */
export function holdsToken(from: usize, end: usize): bool {
  if (end - from < RUN || !holdsDigits(from, end)) return false
  let length: u32 = 0
  let digits: u32 = 0
  for (let at = from; at < end; at++) {
    const byte = load<u8>(at)
    if (!isNameByte(byte)) {
      length = 0
      digits = 0
      continue
    }
    length++
    if (byte - 0x30 < 10) digits++
    if (length >= RUN && digits >= DIGITS) return true
  }
  return false
}

/** As many digits as a token has, at the least; a few bytes beyond the end may count. */
function holdsDigits(from: usize, end: usize): bool {
  const zero = i8x16.splat(0x30)
  const ten = i8x16.splat(10)
  let digits: u32 = 0
  for (let at = from; at < end; at += 16) {
    digits += popcnt<u32>(i8x16.bitmask(i8x16.lt_u(i8x16.sub(v128.load(at), zero), ten)))
    if (digits >= DIGITS) return true
  }
  return false
}

/** Letters, digits, `_ - . $` and what is not ASCII. */
// @ts-ignore: decorator
@inline function isNameByte(byte: u32): bool {
  const letter = byte | 0x20
  return (
    (letter >= 0x61 && letter <= 0x7a) ||
    byte - 0x30 < 10 ||
    byte == 0x5f ||
    byte == 0x2d ||
    byte == 0x2e ||
    byte == 0x24 ||
    byte >= 0x80
  )
}
