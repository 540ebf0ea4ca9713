// The text that the kernel's filter looks at, and what tells its bytes apart (AssemblyScript). All of a module's globals are one
// instance's, so that the files of the filter share them.

export const BYTE_NAME: u32 = 1
export const BYTE_BLANK: u32 = 2
export const BYTE_CLOSER: u32 = 4
export const BYTE_OPERATOR: u32 = 8
export const BYTE_WORD: u32 = 16

/** Longest part of a name before and after the literal that was found in it. */
export const MAX_NAME: usize = 80

let kinds: usize = 0

// What lies beyond `low` and `high` is not there, or, where `isCut`, not in memory.
export let low: usize = 0
export let high: usize = 0
export let isCut: bool = false
// Bare words are expressions.
export let isCode: bool = false

/** `kindsAddress`: u8[256], see `describeKinds` of the engine. */
export function configureText(kindsAddress: usize): void {
  kinds = kindsAddress
}

/** A new text begins. */
export function showKind(code: bool): void {
  isCode = code
}

/** The bytes at `lowest .. highest` are there. */
export function showText(lowest: usize, highest: usize, cut: bool): void {
  low = lowest
  high = highest
  isCut = cut
}

// @ts-ignore: decorator
@inline export function kindOf(byte: u32): u32 {
  return load<u8>(kinds + byte)
}

// @ts-ignore: decorator
@inline export function byteAt(at: usize): u32 {
  return at < high ? load<u8>(at) : 0
}

/** Where the name begins that the literal is part of; so many bytes before it at most, as names overlap on hostile text. */
export function nameStartOf(literal: usize): usize {
  let at = literal
  while (at > low && literal - at < MAX_NAME && kindOf(load<u8>(at - 1)) & BYTE_NAME) at--
  return at
}

// @ts-ignore: decorator
@inline export function isQuote(byte: u32): bool {
  return byte == 0x22 || byte == 0x27 || byte == 0x60
}
