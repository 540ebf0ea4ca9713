// Adler-32: https://www.rfc-editor.org/rfc/rfc1950#section-8

const MODULUS: u32 = 65521
/** So many bytes cannot overflow 32 bits (zlib takes 5,552); a multiple of 16. */
const RUN: usize = 5536

export function adler32(from: usize, size: u32): u32 {
  let a: u32 = 1
  let b: u32 = 0
  let left = <usize>size
  while (left >= 16) {
    const run = left < RUN ? left & ~15 : RUN
    // Of each 16 bytes: `sums` adds them up; `weighted` adds them 16, 15 … 1 times; `earlier` the sums before them.
    let sums = i32x4.splat(0)
    let weighted = i32x4.splat(0)
    let earlier = i32x4.splat(0)
    const end = from + run
    while (from < end) {
      const bytes = v128.load(from)
      earlier = i32x4.add(earlier, sums)
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)))
      weighted = i32x4.add(
        weighted,
        i32x4.add(
          i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), i16x8(16, 15, 14, 13, 12, 11, 10, 9)),
          i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), i16x8(8, 7, 6, 5, 4, 3, 2, 1)),
        ),
      )
      from += 16
    }
    b += a * <u32>run + (addUp(earlier) << 4) + addUp(weighted)
    a += addUp(sums)
    a %= MODULUS
    b %= MODULUS
    left -= run
  }
  while (left > 0) {
    a += load<u8>(from++)
    b += a
    left--
  }
  return ((b % MODULUS) << 16) | (a % MODULUS)
}

// @ts-ignore: decorator
@inline function addUp(lanes: v128): u32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  )
}
