// Stretches of lines in which nothing was new and nothing marked. Versions of a file have the same changes again and again:
// a stretch that comes once more, with the same line before it, need not be taken apart.

import { combine, hashBytes, hashOfNothing } from './hash'

/** They stay in the processor's cache; what is pushed out is looked at again. */
const SLOTS: u32 = 32768
const SLOT_BITS: u64 = 15

let slots: usize = 0

export function setCleanStretches(address: usize): void {
  slots = address
  forgetStretches()
}

export function forgetStretches(): void {
  if (slots) memory.fill(slots, 0, <usize>SLOTS << 3)
}

/**
 * A name for a stretch, with what stands before it, and what else decides how it is looked at.
 * Reads up to 8 bytes more than it uses.
 */
export function nameStretch(from: usize, size: u32, manner: u32): u64 {
  const seed = hashOfNothing() ^ (<u64>manner << 32) ^ size
  if (size < 32) return combine(hashBytes(from, size), seed)
  let a = seed
  let b = ~seed
  let c = rotl<u64>(seed, 21)
  let d = rotl<u64>(seed, 43)
  // Four at a time, as each step waits for the one before.
  const last = from + size - 32
  for (; from < last; from += 32) {
    a = step(a, load<u64>(from))
    b = step(b, load<u64>(from, 8))
    c = step(c, load<u64>(from, 16))
    d = step(d, load<u64>(from, 24))
  }
  a = step(a, load<u64>(last)) ^ rotl<u64>(step(b, load<u64>(last, 8)), 23)
  c = step(c, load<u64>(last, 16)) ^ rotl<u64>(step(d, load<u64>(last, 24)), 37)
  return combine(a, c)
}

// @ts-ignore: decorator
@inline function step(value: u64, bytes: u64): u64 {
  const mixed = (value ^ bytes) * 0xff51_afd7_ed55_8ccd
  return mixed ^ (mixed >> 32)
}

export function isClean(name: u64): bool {
  return load<u64>(slotOf(name)) == name
}

export function noteClean(name: u64): void {
  store<u64>(slotOf(name), name)
}

// @ts-ignore: decorator
@inline function slotOf(name: u64): usize {
  return slots + (<usize>(name >> (64 - SLOT_BITS)) << 3)
}
