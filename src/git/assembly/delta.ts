// Applies a delta (https://git-scm.com/docs/pack-format#_deltified_representation) and notes where its result has
// bytes side by side that are not side by side in the base: inserted ones, and seams between two copies.

let cursor: usize = 0

/** The size of the result that a delta announces; 0xffffffff when it does not fit its base. */
export function resultSize(delta: usize, end: usize, baseSize: u32): u32 {
  cursor = delta
  if (readSize(end) != <u64>baseSize) return 0xffffffff
  const size = readSize(end)
  return size < 0x80000000 ? <u32>size : 0xffffffff
}

function readSize(end: usize): u64 {
  let size: u64 = 0
  for (let shift: u64 = 0; cursor < end && shift < 56; shift += 7) {
    const byte = load<u8>(cursor++)
    size |= <u64>(byte & 127) << shift
    if (byte < 128) return size
  }
  return 0xffffffff_ffff
}

let changes: usize = 0
let openStart: u32 = 0
let openEnd: u32 = 0
let isOpen: bool = false

/**
 * To be called after `resultSize`. Writes the result to `to` and the changes, pairs of start and end (both u32, those
 * that touch are one), to `changesAt`. A seam is a change of no bytes. Returns the number of changes, -1 for a delta
 * that makes no sense. Needs room for a change for every two bytes of the delta, and SLACK behind the result.
 */
export function applyDelta(end: usize, base: usize, baseSize: u32, to: usize, size: u32, changesAt: usize): i32 {
  changes = changesAt
  isOpen = false
  const limit = to + size
  let from = cursor
  let out = to
  // As if a copy of nothing stood before the first byte.
  let copied: u32 = 0
  let afterCopy = true
  while (from < end) {
    const code = <u32>load<u8>(from++)
    if (code & 128) {
      let offset: u32 = 0
      let length: u32 = 0
      if (code & 1) offset = load<u8>(from++)
      if (code & 2) offset |= <u32>load<u8>(from++) << 8
      if (code & 4) offset |= <u32>load<u8>(from++) << 16
      if (code & 8) offset |= <u32>load<u8>(from++) << 24
      if (code & 16) length = load<u8>(from++)
      if (code & 32) length |= <u32>load<u8>(from++) << 8
      if (code & 64) length |= <u32>load<u8>(from++) << 16
      if (length == 0) length = 0x10000
      if (<u64>offset + length > baseSize || out + length > limit) return -1
      if (afterCopy && offset != copied) note(<u32>(out - to), 0)
      copyBytes(out, base + offset, length)
      out += length
      copied = offset + length
      afterCopy = true
    } else {
      if (code == 0 || from + code > end || out + code > limit) return -1
      note(<u32>(out - to), code)
      copyBytes(out, from, code)
      from += code
      out += code
      afterCopy = false
    }
  }
  if (from != end || out != limit) return -1
  if (afterCopy && copied != baseSize) note(size, 0)
  if (isOpen) closeChange()
  return <i32>((changes - changesAt) >> 3)
}

// @ts-ignore: decorator
@inline function note(start: u32, length: u32): void {
  if (isOpen && start <= openEnd) {
    openEnd = start + length
    return
  }
  if (isOpen) closeChange()
  isOpen = true
  openStart = start
  openEnd = start + length
}

function closeChange(): void {
  store<u32>(changes, openStart)
  store<u32>(changes, openEnd, 4)
  changes += 8
}

/** May write up to 15 bytes too many. */
// @ts-ignore: decorator
@inline function copyBytes(to: usize, from: usize, length: u32): void {
  if (length > 512) {
    memory.copy(to, from, length)
    return
  }
  const end = to + length
  do {
    v128.store(to, v128.load(from))
    to += 16
    from += 16
  } while (to < end)
}
