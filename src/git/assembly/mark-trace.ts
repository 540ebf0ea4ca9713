// Finds units that were marked, in whatever text and by whichever thread, again in other texts.

import { forgetStretches } from './clean-stretches'
import { FREE } from './layout'
import { FAR, keyOf, NEAR } from './unit-table'

/** Slots: a unit's hash with NEAR or FAR in it, or neither for one that only opens a block; 0 is free. */
let table: usize = FREE
let mask: u32 = 0

/** Units found in a text, and all its long lines: u32 start, end, and NEAR, FAR, both or neither. */
let found: usize = FREE
let foundCount: u32 = 0
let maxFound: u32 = 0
let slotFound: u64 = 0

export function setTrace(address: usize, slots: u32, foundAt: usize, foundMax: u32): void {
  table = address
  mask = slots - 1
  found = foundAt
  maxFound = foundMax
  memory.fill(address, 0, <usize>slots << 3)
  forgetStretches()
}

/** Adds marks, as `countMarks` of them stand at `address`. The table must stay larger than all of them. */
export function addMarks(address: usize, count: u32): void {
  for (let at = address; at < address + (<usize>count << 3); at += 8) {
    const mark = load<u64>(at)
    const slot = slotOf(keyOf(mark))
    store<u64>(slot, load<u64>(slot) | mark)
  }
}

/** Units that were found since this was asked the last time. Past `foundMax` they are only counted. */
export function takeFound(): u32 {
  const count = foundCount
  foundCount = 0
  return count
}

// @ts-ignore: decorator
@inline export function isTraced(hash: u64): bool {
  slotFound = load<u64>(slotOf(keyOf(hash)))
  return slotFound != 0
}

/** Whether the unit that `isTraced` was asked about only opens a block. */
export function isOpening(): bool {
  return (slotFound & (NEAR | FAR)) == 0
}

/** Lists the unit that `isTraced` was asked about. */
export function note(start: u32, end: u32): void {
  list(start, end, <u32>(slotFound & (NEAR | FAR)))
}

export function noteFar(start: u32, end: u32): void {
  list(start, end, <u32>FAR)
}

function list(start: u32, end: u32, flag: u32): void {
  if (foundCount < maxFound) {
    const at = found + <usize>foundCount * 12
    store<u32>(at, start)
    store<u32>(at, end, 4)
    store<u32>(at, flag, 8)
  }
  foundCount++
}

/** The slot of a key, or the free one where it would go. */
function slotOf(key: u64): usize {
  let slot = <u32>(key >> 32) & mask
  for (;;) {
    const at = table + (<usize>slot << 3)
    const entry = load<u64>(at)
    if (entry == 0 || (entry & ~(NEAR | FAR)) == key) return at
    slot = (slot + 1) & mask
  }
  return 0
}
