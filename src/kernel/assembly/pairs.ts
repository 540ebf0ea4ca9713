// Names that are values themselves, beside the one that is meant (AssemblyScript); `engine/read-pair.ts` reads the same.

import { BYTE_BLANK, byteAt, high, isCut, isQuote, kindOf } from './text'
import { skipBlanks } from './value-marks'

/** Most bytes between a name and the word `value`. */
const PAIR_REACH: usize = 80
const VALUE: u32 = 5
const STRING: u32 = 6

/** Whether the word `value` (or `<string`) and what joins it to its own follow, behind what closes the name: `name: TOKEN` and `value: …` in the next line. */
export function leadsToPair(from: usize): bool {
  const limit = from + PAIR_REACH
  let at = from
  if (byteAt(at) == 0x3c && byteAt(at + 1) == 0x2f) while (at < high && at < limit && load<u8>(at) != 0x3e) at++
  for (; at < limit; at++) {
    if (at >= high) return isCut
    const byte = load<u8>(at)
    if (kindOf(byte) & BYTE_BLANK || byte == 0x0a || byte == 0x0d || isQuote(byte)) continue
    // `, < >`
    if (byte == 0x2c || byte == 0x3c || byte == 0x3e) continue
    if (at + STRING >= high && isCut) return true
    return (isValue(at) && isJoined(at + VALUE)) || (isString(at) && isJoined(at + STRING))
  }
  return false
}

// @ts-ignore: decorator
@inline function isValue(at: usize): bool {
  return (
    (byteAt(at) | 0x20) == 0x76 && (byteAt(at + 1) | 0x20) == 0x61 && (byteAt(at + 2) | 0x20) == 0x6c &&
    (byteAt(at + 3) | 0x20) == 0x75 && (byteAt(at + 4) | 0x20) == 0x65
  )
}

// @ts-ignore: decorator
@inline function isString(at: usize): bool {
  return (
    byteAt(at) == 0x73 && byteAt(at + 1) == 0x74 && byteAt(at + 2) == 0x72 && byteAt(at + 3) == 0x69 &&
    byteAt(at + 4) == 0x6e && byteAt(at + 5) == 0x67 && load<u8>(at - 1) == 0x3c
  )
}

/** `" :`, ` =`, `>` */
function isJoined(from: usize): bool {
  const at = skipBlanks(isQuote(byteAt(from)) ? from + 1 : from)
  if (at >= high) return isCut
  const byte = load<u8>(at)
  return byte == 0x3a || byte == 0x3d || byte == 0x3e
}
