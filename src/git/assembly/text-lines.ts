// Lines of a text: where they begin and end, and which of them belong to the one before.

export let text: usize = 0
export let textSize: u32 = 0

export function setText(address: usize, size: u32): void {
  text = address
  textSize = size
}

/** Longer lines are cut into pieces. */
export const LONG: u32 = 8192
const SHORT: u32 = 3

/** A line that is blank or no more than a bracket belongs to the one before. */
export function counts(start: u32, end: u32): bool {
  if (end - start <= SHORT) return false
  let at = end - SHORT
  // Most often the first one that is looked at is none.
  while (at > start) if (!isBlank(load<u8>(text + --at))) return true
  return false
}

// @ts-ignore: decorator
@inline function isBlank(byte: u32): bool {
  return byte == 32 || byte == 9 || byte == 13
}

/** So far back that a line that counts stands before `line`. */
export function findContext(line: u32): u32 {
  let start = line
  while (start > 0) {
    const end = start - 1
    start = findLineStart(end, end > LONG ? end - LONG : 0)
    // Longer than we want to go back for: it is cut.
    const isCut = start > 0 && load<u8>(text + start - 1) != 10
    if (isCut || counts(start, end)) break
  }
  return start
}

/** The beginning of a line that is blank or has a bracket only, or of the line behind `most`. Reads up to 16 bytes beyond `most`. */
export function findParting(from: u32, most: u32): u32 {
  const newline = i8x16.splat(0x0a)
  const bracket = i8x16.splat(0x7d)
  const end = text + most
  for (let at = text + from; at < end; at += 16) {
    const next = v128.load(at, 1)
    const isParting = v128.or(i8x16.eq(next, newline), i8x16.eq(next, bracket))
    const found = i8x16.bitmask(v128.and(i8x16.eq(v128.load(at), newline), isParting))
    if (found) return <u32>(at + ctz<i32>(found) + 1 - text)
  }
  return findLineEnd(most) + 1
}

/** Reads up to 15 bytes before the text. */
export function findLineStart(at: u32, floor: u32): u32 {
  const newline = i8x16.splat(10)
  const first = text + floor
  let end = text + at
  while (end > first) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(end - 16), newline))
    if (found) {
      end -= clz<u32>(found) - 16
      break
    }
    end -= 16
  }
  return <u32>(max(end, first) - text)
}

/** The end of the line, before its `\n`. Reads up to 15 bytes beyond the text. */
export function findLineEnd(start: u32): u32 {
  const newline = i8x16.splat(10)
  const end = text + textSize
  let at = text + start
  while (at < end) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), newline))
    if (found) {
      at += ctz<i32>(found)
      break
    }
    at += 16
  }
  return <u32>(min(at, end) - text)
}
