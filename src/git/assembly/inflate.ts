// Inflates zlib streams (https://www.rfc-editor.org/rfc/rfc1950, https://www.rfc-editor.org/rfc/rfc1951) whose size is
// known beforehand.

import { adler32 } from './adler32'
import { buildTable, SPECIAL, SUBTABLE } from './huffman'
import {
  CODE_LENGTHS,
  DISTANCE_RESULTS,
  DISTANCE_TABLE,
  FIXED_DISTANCE_TABLE,
  FIXED_LITERAL_TABLE,
  LITERAL_RESULTS,
  LITERAL_TABLE,
  PRECODE_ORDER,
  PRECODE_RESULTS,
  PRECODE_TABLE,
} from './layout'

// The result of a literal: LITERAL and the byte in bits 16–23. Of a length or a distance: its base in bits 16–31 and
// its number of extra bits in the low byte. Of the end of a block: SPECIAL.
const LITERAL: u32 = 0x80000000
const LITERAL_WIDTH: u32 = 11
const DISTANCE_WIDTH: u32 = 8

let fixedLiteralWidth: i32 = 0
let fixedDistanceWidth: i32 = 0

/** To be called once. */
export function prepareInflate(): void {
  for (let byte: u32 = 0; byte < 256; byte++) setResult(LITERAL_RESULTS, byte, LITERAL | (byte << 16))
  setResult(LITERAL_RESULTS, 256, SPECIAL)
  let base: u32 = 3
  for (let i: u32 = 0; i < 28; i++) {
    const extra: u32 = i < 4 ? 0 : (i >> 2) - 1
    setResult(LITERAL_RESULTS, 257 + i, (base << 16) | extra)
    base += <u32>1 << extra
  }
  for (let symbol: u32 = 285; symbol < 288; symbol++) setResult(LITERAL_RESULTS, symbol, 258 << 16)
  base = 1
  for (let i: u32 = 0; i < 30; i++) {
    const extra: u32 = i < 2 ? 0 : (i >> 1) - 1
    setResult(DISTANCE_RESULTS, i, (base << 16) | extra)
    base += <u32>1 << extra
  }
  // Not to be used; the distance is farther than any output reaches back.
  setResult(DISTANCE_RESULTS, 30, 0xffff0000)
  setResult(DISTANCE_RESULTS, 31, 0xffff0000)
  for (let i: u32 = 0; i < 19; i++) setResult(PRECODE_RESULTS, i, i << 16)
  // 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  store<u64>(PRECODE_ORDER, 0x06_09_07_08_00_12_11_10)
  store<u64>(PRECODE_ORDER + 8, 0x02_0d_03_0c_04_0b_05_0a)
  store<u32>(PRECODE_ORDER + 16, 0x0f_01_0e)
  memory.fill(CODE_LENGTHS, 8, 144)
  memory.fill(CODE_LENGTHS + 144, 9, 112)
  memory.fill(CODE_LENGTHS + 256, 7, 24)
  memory.fill(CODE_LENGTHS + 280, 8, 8)
  fixedLiteralWidth = buildTable(CODE_LENGTHS, 288, FIXED_LITERAL_TABLE, LITERAL_WIDTH, LITERAL_RESULTS)
  memory.fill(CODE_LENGTHS, 5, 32)
  fixedDistanceWidth = buildTable(CODE_LENGTHS, 32, FIXED_DISTANCE_TABLE, DISTANCE_WIDTH, DISTANCE_RESULTS)
}

// @ts-ignore: decorator
@inline function setResult(results: usize, symbol: usize, result: u32): void {
  store<u32>(results + (symbol << 2), result)
}

// The bits that were read and not used yet, lowest first; of `have` only the low six bits count.
let bits: u64 = 0
let have: u32 = 0
let next: usize = 0

/** Fills up to at least 56 bits. Reads beyond the input; `inflate` checks at its end how much was used. */
// @ts-ignore: decorator
@inline function refill(): void {
  bits |= load<u64>(next) << have
  next += (63 - have) >> 3
  have |= 56
}

// @ts-ignore: decorator
@inline function drop(count: u32): void {
  bits >>= <u64>count
  have -= count
}

/**
 * Inflates what begins at `from`, and ends before `end`, to exactly `size` bytes at `to`.
 * Returns 0, or a number below 0 when it cannot be or does not match its checksum. SLACK is needed behind both.
 */
export function inflate(from: usize, end: usize, to: usize, size: u32): i32 {
  if (end < from + 6 || (load<u8>(from) & 15) != 8 || load<u8>(from) > 0x78 || load<u8>(from + 1) & 32) return -1
  if (((<u32>load<u8>(from) << 8) | load<u8>(from + 1)) % 31 != 0) return -1
  bits = 0
  have = 0
  next = from + 2
  const limit = to + size
  let out = to
  let isLast: u32
  do {
    refill()
    isLast = <u32>bits & 1
    const kind = <u32>(bits >> 1) & 3
    drop(3)
    if (kind == 0) out = copyStored(out, limit, end)
    else if (kind == 1) {
      out = inflateBlock(out, to, limit, end, FIXED_LITERAL_TABLE, fixedLiteralWidth, FIXED_DISTANCE_TABLE, fixedDistanceWidth)
    } else if (kind == 2) out = inflateDynamic(out, to, limit, end)
    else return -2
    if (out == 0) return -3
  } while (!isLast)
  if (out != limit) return -4
  next -= (have & 63) >> 3
  if (next + 4 > end) return -5
  return adler32(to, size) == bswap<u32>(load<u32>(next)) ? 0 : -6
}

/** Returns where the output ends, 0 for an error, as the other kinds of block do. */
function copyStored(out: usize, limit: usize, end: usize): usize {
  // Back to the first byte that no bit was used of.
  next -= ((have & 63) >> 3)
  bits = 0
  have = 0
  if (next + 4 > end) return 0
  const length = <usize>load<u16>(next)
  if (<u32>load<u16>(next + 2) != (~<u32>length & 0xffff)) return 0
  next += 4
  if (next + length > end || out + length > limit) return 0
  memory.copy(out, next, length)
  next += length
  return out + length
}

function inflateDynamic(out: usize, to: usize, limit: usize, end: usize): usize {
  const literals = (<u32>bits & 31) + 257
  const distances = (<u32>(bits >> 5) & 31) + 1
  const precodes = (<u32>(bits >> 10) & 15) + 4
  drop(14)
  store<u64>(CODE_LENGTHS, 0)
  store<u64>(CODE_LENGTHS + 8, 0)
  store<u32>(CODE_LENGTHS + 16, 0)
  for (let i: u32 = 0; i < precodes; i++) {
    if (i % 12 == 0) refill()
    store<u8>(CODE_LENGTHS + <usize>load<u8>(PRECODE_ORDER + i), <u8>(<u32>bits & 7))
    drop(3)
  }
  const precodeWidth = buildTable(CODE_LENGTHS, 19, PRECODE_TABLE, 7, PRECODE_RESULTS)
  if (precodeWidth < 0 || !readLengths(literals + distances, (<u32>1 << precodeWidth) - 1, end)) return 0
  const distanceWidth = buildTable(CODE_LENGTHS + literals, distances, DISTANCE_TABLE, DISTANCE_WIDTH, DISTANCE_RESULTS)
  const literalWidth = buildTable(CODE_LENGTHS, literals, LITERAL_TABLE, LITERAL_WIDTH, LITERAL_RESULTS)
  if (distanceWidth < 0 || literalWidth < 0) return 0
  return inflateBlock(out, to, limit, end, LITERAL_TABLE, literalWidth, DISTANCE_TABLE, distanceWidth)
}

/** Code lengths, themselves coded: 16 repeats the one before, 17 and 18 are runs of zero. */
function readLengths(count: u32, mask: u32, end: usize): bool {
  for (let i: u32 = 0; i < count; ) {
    if (next > end + 8) return false
    refill()
    const entry = load<u32>(PRECODE_TABLE + (<usize>(<u32>bits & mask) << 2))
    drop(entry & 0xff)
    const symbol = entry >> 16
    let value: u8 = 0
    let times: u32 = 1
    if (symbol < 16) {
      value = <u8>symbol
    } else if (symbol == 16) {
      if (i == 0) return false
      value = load<u8>(CODE_LENGTHS + i - 1)
      times = 3 + (<u32>bits & 3)
      drop(2)
    } else if (symbol == 17) {
      times = 3 + (<u32>bits & 7)
      drop(3)
    } else {
      times = 11 + (<u32>bits & 127)
      drop(7)
    }
    if (i + times > count) return false
    memory.fill(CODE_LENGTHS + i, value, times)
    i += times
  }
  return true
}

function inflateBlock(
  start: usize,
  to: usize,
  limit: usize,
  end: usize,
  literalTable: usize,
  literalWidth: u32,
  distanceTable: usize,
  distanceWidth: u32,
): usize {
  const literalMask: u32 = (<u32>1 << literalWidth) - 1
  const distanceMask: u32 = (<u32>1 << distanceWidth) - 1
  let out = start
  // Globals are slow in an inner loop. Shifts take the low six bits of what they are told, and so of `h` only these count.
  let b = bits
  let h = have
  let n = next
  b |= load<u64>(n) << h
  n += (~h & 63) >> 3
  h |= 56
  let entry = load<u32>(literalTable + (<usize>(<u32>b & literalMask) << 2))
  for (;;) {
    if (n > end + 8) return 0
    // 56 bits are enough for three literals of 15 bits; then for a length and its distance, 48 bits, they are not.
    if (entry & LITERAL) {
      if (out + 3 > limit) {
        if (out >= limit) return 0
        store<u8>(out++, <u8>(entry >> 16))
        b >>= <u64>entry
        h -= entry
        b |= load<u64>(n) << h
        n += (~h & 63) >> 3
        h |= 56
        entry = load<u32>(literalTable + (<usize>(<u32>b & literalMask) << 2))
        continue
      }
      store<u8>(out++, <u8>(entry >> 16))
      b >>= <u64>entry
      h -= entry
      entry = load<u32>(literalTable + (<usize>(<u32>b & literalMask) << 2))
      if (entry & LITERAL) {
        store<u8>(out++, <u8>(entry >> 16))
        b >>= <u64>entry
        h -= entry
        entry = load<u32>(literalTable + (<usize>(<u32>b & literalMask) << 2))
        if (entry & LITERAL) {
          store<u8>(out++, <u8>(entry >> 16))
          b >>= <u64>entry
          h -= entry
          b |= load<u64>(n) << h
          n += (~h & 63) >> 3
          h |= 56
          entry = load<u32>(literalTable + (<usize>(<u32>b & literalMask) << 2))
          continue
        }
      }
      b |= load<u64>(n) << h
      n += (~h & 63) >> 3
      h |= 56
    }
    if (entry & SPECIAL) {
      b >>= <u64>entry
      h -= entry
      if (!(entry & SUBTABLE)) break
      const subMask: u32 = (<u32>1 << ((entry >> 8) & 31)) - 1
      entry = load<u32>(literalTable + (<usize>((entry >> 16) + (<u32>b & subMask)) << 2))
      if (entry & LITERAL) {
        if (out >= limit) return 0
        store<u8>(out++, <u8>(entry >> 16))
        b >>= <u64>entry
        h -= entry
        b |= load<u64>(n) << h
        n += (~h & 63) >> 3
        h |= 56
        entry = load<u32>(literalTable + (<usize>(<u32>b & literalMask) << 2))
        continue
      }
      if (entry & SPECIAL) {
        b >>= <u64>entry
        h -= entry
        break
      }
    }
    const length = <usize>valueOf(entry, b)
    b >>= <u64>entry
    h -= entry
    entry = load<u32>(distanceTable + (<usize>(<u32>b & distanceMask) << 2))
    if (entry & SUBTABLE && entry & SPECIAL) {
      b >>= <u64>entry
      h -= entry
      const subMask: u32 = (<u32>1 << ((entry >> 8) & 31)) - 1
      entry = load<u32>(distanceTable + (<usize>((entry >> 16) + (<u32>b & subMask)) << 2))
    }
    const distance = <usize>valueOf(entry, b)
    b >>= <u64>entry
    h -= entry
    // What comes next is looked up before the copy, which it need not wait for.
    b |= load<u64>(n) << h
    n += (~h & 63) >> 3
    h |= 56
    entry = load<u32>(literalTable + (<usize>(<u32>b & literalMask) << 2))
    if (out + length > limit || distance > out - to) return 0
    copyMatch(out, distance, length)
    out += length
  }
  bits = b
  have = h & 63
  next = n
  return out
}

/** Base plus the extra bits, which stand after the code. */
// @ts-ignore: decorator
@inline function valueOf(entry: u32, b: u64): u32 {
  const whole = b & ((<u64>1 << <u64>entry) - 1)
  return (entry >> 16) + <u32>(whole >> <u64>(entry >> 8))
}

/** May write up to 15 bytes too many. */
// @ts-ignore: decorator
@inline function copyMatch(out: usize, distance: usize, length: usize): void {
  const end = out + length
  let from = out - distance
  if (distance >= 16) {
    do {
      v128.store(out, v128.load(from))
      out += 16
      from += 16
    } while (out < end)
  } else if (distance >= 8) {
    do {
      store<u64>(out, load<u64>(from))
      out += 8
      from += 8
    } while (out < end)
  } else if (distance == 1) {
    const run = i8x16.splat(load<u8>(from))
    do {
      v128.store(out, run)
      out += 16
    } while (out < end)
  } else {
    do {
      store<u8>(out++, load<u8>(from++))
    } while (out < end)
  }
}
