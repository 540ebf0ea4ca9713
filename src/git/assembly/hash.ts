// Hashes that whoever writes the text cannot steer, as the key is drawn anew for each run: two lines with one hash
// would be searched once.

let key: u64 = 0

export function setKey(value: u64): void {
  key = value
}

// @ts-ignore: decorator
@inline export function hashOfNothing(): u64 {
  return key
}

/** Reads up to 8 bytes more than it uses. */
export function hashBytes(from: usize, size: u32): u64 {
  let value = key ^ (<u64>size * 0x9e37_79b9_7f4a_7c15)
  const end = from + size
  while (from + 8 <= end) {
    value = (value ^ load<u64>(from)) * 0xff51_afd7_ed55_8ccd
    value ^= value >> 32
    from += 8
  }
  if (from < end) {
    value = (value ^ (load<u64>(from) << <u64>((8 - (end - from)) << 3))) * 0xff51_afd7_ed55_8ccd
    value ^= value >> 32
  }
  return mix(value)
}

// @ts-ignore: decorator
@inline export function combine(a: u64, b: u64): u64 {
  return mix(a ^ rotl<u64>(b, 23))
}

// @ts-ignore: decorator
@inline function mix(value: u64): u64 {
  let mixed = value * 0xff51_afd7_ed55_8ccd
  mixed ^= mixed >> 32
  mixed *= 0xc4ce_b9fe_1a85_ec53
  return mixed ^ (mixed >> 29)
}
