/** Entries of a pack: https://git-scm.com/docs/pack-format#_pack_pack_files_have_the_following_format */

export const OFS_DELTA = 6
export const REF_DELTA = 7

export interface EntryHeader {
  /** 1 to 4 as `packTypes`, or a delta. */
  type: number
  /** Bytes of the inflated data: of the object, or of the delta's instructions. */
  size: number
  /** Bytes from the entry's start to the compressed data. */
  length: number
  /** For OFS_DELTA: how far before this entry its base begins. */
  distance: number
  /** For REF_DELTA: where in `bytes` the base's name stands. */
  baseAt: number
}

/** The longest header: type and size, then a distance or a name. */
export const MAX_HEADER = 10 + 32

/** Reads the header at `at`; undefined when it makes no sense or `end` comes first. */
export function readEntryHeader(
  bytes: Uint8Array,
  at: number,
  end: number,
  hashSize: number,
): EntryHeader | undefined {
  let next = at
  let byte = bytes[next++]!
  const type = (byte >> 4) & 7
  let size = byte & 15
  for (let scale = 16; byte & 128; scale *= 128) {
    if (next >= end || scale > 2 ** 53) return undefined
    byte = bytes[next++]!
    size += (byte & 127) * scale
  }
  let distance = 0
  let baseAt = 0
  if (type === OFS_DELTA) {
    if (next >= end) return undefined
    byte = bytes[next++]!
    distance = byte & 127
    while (byte & 128) {
      if (next >= end || distance > 2 ** 46) return undefined
      byte = bytes[next++]!
      distance = (distance + 1) * 128 + (byte & 127)
    }
  } else if (type === REF_DELTA) {
    baseAt = next
    next += hashSize
  } else if (type === 0 || type === 5) {
    return undefined
  }
  if (next > end || at >= end || size > Number.MAX_SAFE_INTEGER) return undefined
  return { type, size, length: next - at, distance, baseAt }
}
