// Tables that decode canonical Huffman codes: https://www.rfc-editor.org/rfc/rfc1951#section-3.2
//
// An entry (u32) is found by the next bits of the input. For a code that fits, it holds what the symbol stands for
// (its "result", see inflate.ts) with the code's length added twice: in bits 8–12 and in the low byte, to which the
// result has already added its extra bits. Longer codes go through a second table: the entry then holds SUBTABLE,
// the second table's start in bits 16–31, its width in bits 8–12, and the width of the first table in the low byte.

import { LENGTH_COUNTS, NEXT_PLACES, SORTED_SYMBOLS } from './layout'

/** Entries that are no plain length or distance. */
export const SPECIAL: u32 = 0x8000
export const SUBTABLE: u32 = 0x4000

const LONGEST: u32 = 15

/**
 * Builds a table for the code whose symbols have the lengths `lengths[0 .. count)`.
 * Returns the width of the table in bits, at most `width`; -1 for lengths that are no code.
 */
export function buildTable(lengths: usize, count: u32, table: usize, width: u32, results: usize): i32 {
  const longest = sortSymbols(lengths, count)
  if (width > longest) width = longest
  const unused = load<u32>(LENGTH_COUNTS)
  let space: u32 = 0
  for (let length: u32 = 1; length <= longest; length++) {
    space = (space << 1) + load<u32>(LENGTH_COUNTS + (length << 2))
  }
  if (space != <u32>1 << longest) return buildIncomplete(count - unused, table, longest, space, results)
  return fillTable(table, width, SORTED_SYMBOLS + (<usize>unused << 1), results)
}

/** Sorts the symbols by length, then by number, and returns the greatest length (at least 1). */
function sortSymbols(lengths: usize, count: u32): u32 {
  memory.fill(LENGTH_COUNTS, 0, 64)
  for (let symbol: u32 = 0; symbol < count; symbol++) {
    const at = LENGTH_COUNTS + (<usize>load<u8>(lengths + symbol) << 2)
    store<u32>(at, load<u32>(at) + 1)
  }
  let longest = LONGEST
  while (longest > 1 && load<u32>(LENGTH_COUNTS + (longest << 2)) == 0) longest--
  let place: u32 = 0
  for (let length: u32 = 0; length <= longest; length++) {
    store<u32>(NEXT_PLACES + (length << 2), place)
    place += load<u32>(LENGTH_COUNTS + (length << 2))
  }
  for (let symbol: u32 = 0; symbol < count; symbol++) {
    const at = NEXT_PLACES + (<usize>load<u8>(lengths + symbol) << 2)
    const next = load<u32>(at)
    store<u32>(at, next + 1)
    store<u16>(SORTED_SYMBOLS + (<usize>next << 1), <u16>symbol)
  }
  return longest
}

/** Only a code of one symbol of one bit, or of none at all, may leave bit patterns unused. */
function buildIncomplete(used: u32, table: usize, longest: u32, space: u32, results: usize): i32 {
  if (longest != 1 || space > 1 || used != space) return -1
  const symbol = used ? <usize>load<u16>(SORTED_SYMBOLS + (<usize>load<u32>(LENGTH_COUNTS) << 1)) : 0
  const entry = withLength(load<u32>(results + (symbol << 2)), 1)
  store<u32>(table, entry)
  store<u32>(table + 4, entry)
  return 1
}

/**
 * Walks through the codes in order. Codes come with their first bit lowest, as the input has them, so that the next
 * code of a length is found by adding 1 from the top; a table grows to the next width by writing it twice.
 */
function fillTable(table: usize, width: u32, symbols: usize, results: usize): i32 {
  let code: u32 = 0
  let length: u32 = 1
  let size: u32 = 2
  for (; length <= width; length++, size <<= 1) {
    if (length > 1) copyTwice(table, size >> 1)
    for (let left = load<u32>(LENGTH_COUNTS + (length << 2)); left > 0; left--) {
      const symbol = <usize>load<u16>(symbols)
      symbols += 2
      store<u32>(table + (<usize>code << 2), withLength(load<u32>(results + (symbol << 2)), length))
      if (code == size - 1) {
        // The last code of all: what is left is to widen the table.
        for (; length < width; length++, size <<= 1) copyTwice(table, size)
        return <i32>width
      }
      code = nextCode(code, length)
    }
  }
  fillSubtables(table, width, code, length, symbols, results)
  return <i32>width
}

function fillSubtables(table: usize, width: u32, code: u32, length: u32, symbols: usize, results: usize): void {
  const mask: u32 = (<u32>1 << width) - 1
  let prefix: u32 = 0xffffffff
  let start: u32 = 0
  let end: u32 = <u32>1 << width
  let left = load<u32>(LENGTH_COUNTS + (length << 2))
  for (;;) {
    while (left == 0) left = load<u32>(LENGTH_COUNTS + (++length << 2))
    if ((code & mask) != prefix) {
      prefix = code & mask
      start = end
      const bits = subtableWidth(length, width, left)
      end = start + (<u32>1 << bits)
      store<u32>(table + (<usize>prefix << 2), (start << 16) | SPECIAL | SUBTABLE | (bits << 8) | width)
    }
    const symbol = <usize>load<u16>(symbols)
    symbols += 2
    const entry = withLength(load<u32>(results + (symbol << 2)), length - width)
    const stride: u32 = <u32>1 << (length - width)
    for (let at = start + (code >> width); at < end; at += stride) store<u32>(table + (<usize>at << 2), entry)
    if (code == (<u32>1 << length) - 1) return
    code = nextCode(code, length)
    left--
  }
}

/** Wide enough for all codes that share the prefix: those that are left fill it exactly. */
function subtableWidth(length: u32, width: u32, left: u32): u32 {
  let bits = length - width
  let space = left
  while (space < <u32>1 << bits) {
    bits++
    space = (space << 1) + load<u32>(LENGTH_COUNTS + ((width + bits) << 2))
  }
  return bits
}

/** Adds 1 to a number whose lowest bit is the first: flips the run of ones from the top, and the zero below it. */
// @ts-ignore: decorator
@inline function nextCode(code: u32, length: u32): u32 {
  const bit: u32 = <u32>1 << (31 - clz<u32>(code ^ ((<u32>1 << length) - 1)))
  return (code & (bit - 1)) | bit
}

// @ts-ignore: decorator
@inline function withLength(result: u32, length: u32): u32 {
  return result + (length << 8) + length
}

// @ts-ignore: decorator
@inline function copyTwice(table: usize, entries: u32): void {
  memory.copy(table + (<usize>entries << 2), table, entries << 2)
}
