// Units that were met before, and the batch of those that are new. See unique-text.ts for what a unit is.
//
// The first time that a unit is met, it goes into the batch; later it is only looked up. Whoever searches the batch
// marks the units in which something was found: every text that holds a marked unit is then reported as a holder. Of a unit
// that only opens a block those texts are reported in which what may be a token follows.
// While a batch is searched, the next one can be filled.

import { setCleanStretches } from './clean-stretches'
import { FREE } from './layout'
import { mayHoldTokenBehind, mayOpenBlock } from './token-behind'

// A slot of the table is a hash with four flags in its lowest bits; 0 is free.
const MARKED: u64 = 1
/** The unit is in a batch, so that nobody knows yet whether it will be marked. Batches have the one flag and the other in turn. */
const PENDING: u64 = 2
const PENDING_TOO: u64 = 8
const IN_BATCH: u64 = PENDING | PENDING_TOO
/** It opens a block, in whose next lines a token may be something. */
const OPENING: u64 = 4
const FLAGS: u64 = 15

let table: usize = FREE
let mask: u32 = 0
let used: u32 = 0
/** Hashes without flags that were met lately. It stays in the processor's cache, which the table does not. */
let recent: usize = FREE
const RECENT_SLOTS: u32 = 16384

export function setTable(address: usize, slots: u32, recentAt: usize): void {
  table = address
  mask = slots - 1
  used = 0
  recent = recentAt
  memory.fill(address, 0, <usize>slots << 3)
  memory.fill(recentAt, 0, <usize>RECENT_SLOTS << 3)
  setCleanStretches(recentAt + (<usize>RECENT_SLOTS << 3))
}

export function usedSlots(): u32 {
  return used
}

/**
 * Doubles the table where it stands; both batches must be empty. An entry goes to its place in front of all that is still to move.
 * Only what stands before the first free slot may have come there from the end, and waits in `spare`.
 */
export function growTable(spare: usize): void {
  const slots = mask + 1
  memory.fill(slotAt(slots), 0, <usize>slots << 3)
  mask = (mask << 1) | 1
  let first: u32 = 0
  while (load<u64>(slotAt(first))) first++
  const size = <usize>first << 3
  memory.copy(spare, table, size)
  memory.fill(table, 0, size)
  for (let slot = first; slot < slots; slot++) move(slotAt(slot))
  for (let at = spare; at < spare + size; at += 8) move(at)
}

function move(from: usize): void {
  const entry = load<u64>(from)
  if (!entry) return
  store<u64>(from, 0)
  store<u64>(slotAt(findSlot(entry & ~FLAGS)), entry)
}

/** The batch that is filled, and the flag of its units. */
let batch: usize = 0
let batchSize: u32 = 0
let batchFlag: u64 = PENDING
let batchLimit: u32 = 0
/** Units of the batch: u32 start in the batch, slot, text. */
let units: usize = 0
let unitCount: u32 = 0
let maxUnits: u32 = 0
/** Texts in which a pending unit was met again: u32 slot, with HAS_TOKEN where one follows, and text. */
let pending: usize = 0
let pendingCount: u32 = 0
let maxPending: u32 = 0
const HAS_TOKEN: u32 = 0x80000000
/** The same of the batch that was closed. */
let closed: usize = 0
let closedSize: u32 = 0
let closedUnits: usize = 0
let closedUnitCount: u32 = 0
let closedPending: usize = 0
let closedPendingCount: u32 = 0
/** Texts in which a marked unit was met. */
let holders: usize = 0
let holderCount: u32 = 0
let maxHolders: u32 = 0
/** Hashes of units that were marked since the list was taken, with what is known of their reach: none for an opening. */
let marks: usize = 0
let markCount: u32 = 0
/** What was found in a unit may depend on what is near to it, or on what is far. */
export const NEAR: u64 = 2
export const FAR: u64 = 1

/** Two batches of `size` bytes, and of `unitsMax` units, behind each other. */
export function setBatch(batchAt: usize, size: u32, slack: u32, unitsAt: usize, unitsMax: u32): void {
  batch = batchAt
  closed = batchAt + size + slack
  batchLimit = size
  units = unitsAt
  closedUnits = unitsAt + <usize>unitsMax * 12
  maxUnits = unitsMax
}

/** Two lists of `pendingMax`, and the others. */
export function setLists(pendingAt: usize, pendingMax: u32, holdersAt: usize, holdersMax: u32, marksAt: usize): void {
  pending = pendingAt
  closedPending = pendingAt + (<usize>pendingMax << 3)
  maxPending = pendingMax
  holders = holdersAt
  maxHolders = holdersMax
  marks = marksAt
}

export function batchLength(): u32 {
  return batchSize
}

export function countHolders(): u32 {
  return holderCount
}

export function clearHolders(): void {
  holderCount = 0
}

export function countMarks(): u32 {
  return markCount
}

export function clearMarks(): void {
  markCount = 0
}

/** Whether the batch must be ended before a unit that takes up to `size` bytes. */
export function isFull(size: u32): bool {
  return (
    batchSize + size > batchLimit ||
    unitCount >= maxUnits ||
    // The line itself, and two above it.
    max(pendingCount, closedPendingCount) + 3 > maxPending ||
    // Each pending text may become a holder, and each unit by what begins in it and before it.
    holderCount + 2 * (unitCount + closedUnitCount) + pendingCount + closedPendingCount + 4 > maxHolders
  )
}

/** Closes the batch, so that it is searched, and begins with another one. The one that was closed before must be ended. Returns where it stands. */
export function closeBatch(): usize {
  const batchNow = batch
  batch = closed
  closed = batchNow
  closedSize = batchSize
  batchSize = 0
  const unitsNow = units
  units = closedUnits
  closedUnits = unitsNow
  closedUnitCount = unitCount
  unitCount = 0
  const pendingNow = pending
  pending = closedPending
  closedPending = pendingNow
  closedPendingCount = pendingCount
  pendingCount = 0
  batchFlag ^= IN_BATCH
  return closed
}

/** Marks the units that have bytes in `start .. end` of the closed batch: at most as many as it has. `reach` is NEAR, FAR, or 0 for an opening. */
export function markUnits(start: u32, end: u32, reach: u32): void {
  let low: u32 = 0
  let high = closedUnitCount
  while (low < high) {
    const middle = (low + high) >>> 1
    if (load<u32>(closedUnitAt(middle)) <= start) low = middle + 1
    else high = middle
  }
  for (let unit = low > 0 ? low - 1 : 0; unit < closedUnitCount; unit++) {
    const at = closedUnitAt(unit)
    if (load<u32>(at) >= end) break
    const slot = slotAt(load<u32>(at, 4))
    const entry = load<u64>(slot)
    const isKnown = (entry & (reach == 0 ? MARKED | OPENING : MARKED)) != 0
    if (!isKnown || reach == <u32>FAR) {
      store<u64>(marks + (<usize>markCount << 3), (entry & ~FLAGS) | reach)
      markCount++
      store<u64>(slot, entry | (reach == 0 ? OPENING : MARKED))
    }
    // Two lines of one unit may open blocks.
    const isHolder = reach != 0 ? !isKnown : (entry & MARKED) == 0 && mayHoldTokenBehind(closed + end - 1, closed + closedSize, true)
    if (isHolder) addHolder(load<u32>(at, 8))
  }
}

/** Ends the closed batch: from here on its units are known. */
export function endBatch(): void {
  for (let i: u32 = 0; i < closedPendingCount; i++) {
    const at = closedPending + (<usize>i << 3)
    const slot = load<u32>(at)
    const entry = load<u64>(slotAt(slot & ~HAS_TOKEN))
    if (entry & MARKED || (entry & OPENING && slot & HAS_TOKEN)) addHolder(load<u32>(at, 4))
  }
  for (let unit: u32 = 0; unit < closedUnitCount; unit++) {
    const slot = slotAt(load<u32>(closedUnitAt(unit), 4))
    store<u64>(slot, load<u64>(slot) & ~IN_BATCH)
  }
  closedPendingCount = 0
  closedUnitCount = 0
  closedSize = 0
}

/** Only so that the loads of `askFor` are not left out. */
let asked: u64 = 0

/** Has the slot of a unit that will be looked up fetched from memory, where it will be needed. */
// @ts-ignore: decorator
@inline export function askFor(hash: u64): void {
  const key = keyOf(hash)
  const recentAt = recentOf(key)
  asked ^= load<u64>(select<usize>(recentAt, slotAt(<u32>(key >> 32) & mask), load<u64>(recentAt) == key))
}

/** What is known of a unit: nothing; that nothing was found in it; or that something was, or that nobody knows yet. */
export const NEW: i32 = 0
export const KNOWN: i32 = 1
export const OPEN: i32 = 2

/**
 * Answers NEW, KNOWN or OPEN. A new unit belongs into the batch, and its text is to be written there.
 * @param behind where the text goes on behind the unit, up to `end`
 */
export function lookUp(hash: u64, text: u32, behind: usize, end: usize): i32 {
  const key = keyOf(hash)
  const recentAt = recentOf(key)
  if (load<u64>(recentAt) == key) return KNOWN
  const slot = findSlot(key)
  const entry = load<u64>(slotAt(slot))
  if (entry == 0) {
    store<u64>(slotAt(slot), key | batchFlag)
    used++
    const unit = unitAt(unitCount)
    unitCount++
    store<u32>(unit, batchSize)
    store<u32>(unit, slot, 4)
    store<u32>(unit, text, 8)
    return NEW
  }
  if (entry & MARKED) {
    addHolder(text)
  } else if (entry & IN_BATCH) {
    addPending(slot, entry, text, behind < end && mayOpenBlock(behind) && mayHoldTokenBehind(behind, end, false))
  } else if (entry & OPENING) {
    if (mayHoldTokenBehind(behind, end, false)) addHolder(text)
  } else {
    store<u64>(recentAt, key)
    return KNOWN
  }
  return OPEN
}

// @ts-ignore: decorator
@inline function recentOf(key: u64): usize {
  return recent + ((<usize>(<u32>key >> 5) & (RECENT_SLOTS - 1)) << 3)
}

/** A token stands near behind a unit of the text, which may be one that opens a block. */
export function noteToken(hash: u64, text: u32): void {
  const slot = findSlot(keyOf(hash))
  const entry = load<u64>(slotAt(slot))
  if (entry & IN_BATCH) addPending(slot, entry, text, true)
  else if (entry & OPENING) addHolder(text)
}

function addPending(slot: u32, entry: u64, text: u32, hasToken: bool): void {
  const isClosed = (entry & batchFlag) == 0
  const at = isClosed ? closedPending + (<usize>closedPendingCount << 3) : pending + (<usize>pendingCount << 3)
  store<u32>(at, hasToken ? slot | HAS_TOKEN : slot)
  store<u32>(at, text, 4)
  if (isClosed) closedPendingCount++
  else pendingCount++
}

/** Neither a flag nor free. */
// @ts-ignore: decorator
@inline export function keyOf(hash: u64): u64 {
  return (hash & ~FLAGS) | 16
}

/** A line of one control character, so that nothing is read across. */
export function writeSeparator(): void {
  store<u32>(batch + batchSize, 0x0a_01_0a_0a)
  batchSize += 4
}

export function writeBytes(from: usize, size: u32): void {
  memory.copy(batch + batchSize, from, size)
  batchSize += size
}

export function writeNewline(): void {
  store<u8>(batch + batchSize, 10)
  batchSize++
}

function addHolder(text: u32): void {
  if (holderCount > 0 && load<u32>(holders + (<usize>(holderCount - 1) << 2)) == text) return
  store<u32>(holders + (<usize>holderCount << 2), text)
  holderCount++
}

/** The slot of a hash, or the free one where it would go. */
function findSlot(key: u64): u32 {
  let slot = <u32>(key >> 32) & mask
  let entry = load<u64>(slotAt(slot)) & ~FLAGS
  while (entry != 0 && entry != key) {
    slot = (slot + 1) & mask
    entry = load<u64>(slotAt(slot)) & ~FLAGS
  }
  return slot
}

// @ts-ignore: decorator
@inline function slotAt(slot: u32): usize {
  return table + (<usize>slot << 3)
}

// @ts-ignore: decorator
@inline function unitAt(unit: u32): usize {
  return units + <usize>unit * 12
}

// @ts-ignore: decorator
@inline function closedUnitAt(unit: u32): usize {
  return closedUnits + <usize>unit * 12
}
