// What the characters of a value tell: whether it reads as words, see `letter-pairs.ts` (AssemblyScript).

import { BYTE_NAME, kindOf } from './text'

const LETTERS: u32 = 26

let surprises: usize = 0

// Of the value that is looked at: how many digits and marks were in it, the surprise of its letters, the steps that it is the sum of, the letter before.
let digits: u32 = 0
let marks: u32 = 0
let sum: u32 = 0
let steps: u32 = 0
let before: u32 = 0

export function configureValues(surprisesAddress: usize): void {
  surprises = surprisesAddress
}

/** Whether a value of so many bytes, all of them taken, is one that the filter asks for. */
export function mayHold(filter: usize, length: usize, hasBlank: bool): bool {
  if (<u32>length < load<u32>(filter, 12)) return false
  return <u32>length >= load<u32>(filter, 16) || (!hasBlank && !readsAsWords(load<u32>(filter, 24)))
}

export function begin(): void {
  digits = 0
  marks = 0
  sum = 0
  steps = 0
  before = 0
}

// @ts-ignore: decorator
@inline export function take(byte: u32): void {
  if (byte - 0x30 < 10) digits++
  else if (!(kindOf(byte) & BYTE_NAME) && byte != 0x2f && byte != 0x3a) marks++
  const small = byte | 0x20
  const letter: u32 = small - 0x61 < LETTERS ? small - 0x60 : 0
  if (letter == 0 && before == 0) return
  sum += load<u8>(surprises + before * (LETTERS + 1) + letter)
  steps++
  before = letter
}

/** Whether a value that ends here reads as words, see `letter-pairs.ts`: half nats are summed, and `limit` is twentieths of one a letter. */
function readsAsWords(limit: u32): bool {
  if (digits > 1 || (digits > 0 && marks > 0)) return false
  const ended = before == 0 ? 0 : 1
  const total = sum + (before == 0 ? 0 : <u32>load<u8>(surprises + before * (LETTERS + 1)))
  return steps + ended == 0 || total * 10 < (steps + ended) * limit
}
