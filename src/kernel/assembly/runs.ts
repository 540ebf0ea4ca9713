// Finds runs of the characters that base64 is written in, 64 bytes at a time (AssemblyScript, with SIMD: byte by byte
// it would cost as much as the search for literals, and hardly any text has a run worth a second look).

/** The shortest run of interest; `shortestRun` of run-list.ts. */
const SHORTEST: usize = 24

/**
 * Writes the start and end, as i32 distances from `from`, of every run in the bytes at `from .. to` that is long
 * enough, and of those that touch `from` or `to` whatever their length: they may go on in another block.
 * Returns the address behind the last pair.
 */
export function findRuns(from: usize, to: usize, out: usize): usize {
  const whole = from + ((to - from) & ~63)
  // Where the run began that reaches the current place; the place itself when there is none.
  let start = from
  for (let at = from; at < whole; at += 64) {
    const gaps = gapMask(at)
    if (gaps == 0) continue
    const lead = at + <usize>ctz(gaps)
    if (lead - start >= SHORTEST || start == from) out = emit(out, start - from, lead - from)
    const inner = holdsRun(~gaps)
    if (inner != 0) out = emitInner(out, ~gaps, inner, at, from)
    start = at + 64 - <usize>clz(gaps)
  }
  for (let at = whole; at < to; at++) {
    if (isWord(load<u8>(at))) continue
    if (at - start >= SHORTEST || start == from) out = emit(out, start - from, at - from)
    start = at + 1
  }
  return start < to ? emit(out, start - from, to - from) : out
}

/** Where `SHORTEST` ones stand in a row, the bit of the first one of them is set. */
// @ts-ignore: decorator
@inline function holdsRun(mask: u64): u64 {
  const two = mask & (mask >> 1)
  const four = two & (two >> 2)
  const eight = four & (four >> 4)
  const sixteen = eight & (eight >> 8)
  return sixteen & (eight >> 16)
}

/** Of the runs in a block those that touch neither end of it. */
function emitInner(out: usize, mask: u64, firsts: u64, at: usize, from: usize): usize {
  let rest = firsts
  while (rest != 0) {
    const first = <u32>ctz(rest)
    const length = <u32>ctz(~(mask >> first))
    if (first > 0 && first + length < 64) out = emit(out, at + first - from, at + first + length - from)
    if (first + length >= 64) break
    rest &= u64.MAX_VALUE << (first + length)
  }
  return out
}

// @ts-ignore: decorator
@inline function emit(out: usize, start: usize, end: usize): usize {
  store<u32>(out, <u32>start)
  store<u32>(out + 4, <u32>end)
  return out + 8
}

/**
 * One bit a byte: whether it is none of A-Z a-z 0-9 + / - _ . A byte is one of them when the entries of its two nibbles
 * in these tables have a bit in common.
 */
// @ts-ignore: decorator
@inline function gapMask(at: usize): u64 {
  return (
    <u64>i8x16.bitmask(gaps(v128.load(at))) |
    (<u64>i8x16.bitmask(gaps(v128.load(at, 16))) << 16) |
    ((<u64>i8x16.bitmask(gaps(v128.load(at, 32))) |
    (<u64>i8x16.bitmask(gaps(v128.load(at, 48))) << 16)) << 32)
  )
}

// @ts-ignore: decorator
@inline function gaps(bytes: v128): v128 {
  const nibble = i8x16.splat(15)
  const high = i8x16.swizzle(i8x16(0, 0, 1, 2, 4, 8, 4, 16, 0, 0, 0, 0, 0, 0, 0, 0), v128.and(i16x8.shr_u(bytes, 4), nibble))
  const low = i8x16.swizzle(i8x16(26, 30, 30, 30, 30, 30, 30, 30, 30, 30, 28, 5, 4, 5, 4, 13), v128.and(bytes, nibble))
  return i8x16.eq(v128.and(high, low), i8x16.splat(0))
}

// @ts-ignore: decorator
@inline function isWord(byte: u8): bool {
  const letter = byte | 32
  return (letter >= 97 && letter <= 122) || (byte >= 48 && byte <= 57) || byte == 43 || byte == 45 || byte == 47 || byte == 95
}
