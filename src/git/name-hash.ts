const MASK = 0xffff_ffff_ffff_ffffn
const SIZE = 0x9e37_79b9_7f4a_7c15n
const FIRST = 0xff51_afd7_ed55_8ccdn
const SECOND = 0xc4ce_b9fe_1a85_ec53n

/** The hash of a name as assembly/hash.ts computes it, of which the links of `TreeGraph` have the lower half. */
export function hashName(name: string, key: bigint): number {
  const bytes = Buffer.from(name, 'latin1')
  let value = (key ^ (BigInt(bytes.length) * SIZE)) & MASK
  let at = 0
  for (; at + 8 <= bytes.length; at += 8) value = step(value, bytes.readBigUInt64LE(at))
  if (at < bytes.length) {
    const rest = Buffer.alloc(8)
    // The bytes that are left are the upper ones of a word.
    bytes.copy(rest, 8 - (bytes.length - at), at)
    value = step(value, rest.readBigUInt64LE())
  }
  return Number(mix(value) & 0xffff_ffffn)
}

function step(value: bigint, word: bigint): bigint {
  const mixed = ((value ^ word) * FIRST) & MASK
  return mixed ^ (mixed >> 32n)
}

function mix(value: bigint): bigint {
  let mixed = (value * FIRST) & MASK
  mixed ^= mixed >> 32n
  mixed = (mixed * SECOND) & MASK
  return mixed ^ (mixed >> 29n)
}
