// Units of a text that were not looked up yet. The table of units is larger than the processor's caches: looked up one
// by one each would wait for memory, asked for together they wait at once.

import { UNIT_QUEUE } from './layout'
import { askFor } from './unit-table'

// @ts-ignore: decorator
@unmanaged
export class QueuedUnit {
  hash: u64
  /** Where its line begins and ends in the text, and where what is shown before it begins. */
  start: u32
  end: u32
  context: u32
  /** Lines above it were not looked at, as they have not changed. */
  isUnsure: bool
  /** The name of the stretch that it is the last unit of, or 0. */
  closes: u64
}

/** So many loads, and what is between them, are under way in a processor at once. */
const MOST: usize = 48
const STRIDE: usize = 32
const LIMIT: usize = UNIT_QUEUE + MOST * STRIDE

let first: usize = UNIT_QUEUE
let last: usize = UNIT_QUEUE

export function clearQueue(): void {
  first = last = UNIT_QUEUE
}

export function isQueueEmpty(): bool {
  return first == last
}

export function isQueueFull(): bool {
  return last == LIMIT
}

export function queueUnit(hash: u64, start: u32, end: u32, context: u32, isUnsure: bool): void {
  const unit = changetype<QueuedUnit>(last)
  unit.hash = hash
  unit.start = start
  unit.end = end
  unit.context = context
  unit.isUnsure = isUnsure
  unit.closes = 0
  last += STRIDE
}

/** A stretch ends with the last unit. */
export function closeQueue(stretch: u64): void {
  changetype<QueuedUnit>(last - STRIDE).closes = stretch
}

/** To be called before they are looked up. */
export function askForUnits(): void {
  for (let at = first; at < last; at += STRIDE) askFor(changetype<QueuedUnit>(at).hash)
}

export function firstUnit(): QueuedUnit {
  return changetype<QueuedUnit>(first)
}

export function passUnit(): void {
  first += STRIDE
}
