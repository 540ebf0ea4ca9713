import { hexNumber } from './digits.ts'
import type { TextBuilder } from './text-builder.ts'

const LOWER_U = 0x75

/**
 * Reads `\uHHHH`, or with another lead byte `%uHHHH`, and the second one of a surrogate pair with it.
 * Appends the character, and answers with the length of what was read: 0 when it is none.
 */
export function readCodeUnits(bytes: Uint8Array, at: number, end: number, text: TextBuilder): number {
  const first = hexNumber(bytes, at + 2, end, 4)
  if (first < 0) return 0
  const isPair = first >= 0xd800 && first < 0xdc00 && bytes[at + 6] === bytes[at] && bytes[at + 7] === LOWER_U
  const second = isPair ? hexNumber(bytes, at + 8, end, 4) : -1
  if (second >= 0xdc00 && second < 0xe000) {
    text.pushCodePoint(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    return 12
  }
  text.pushCodePoint(first)
  return 6
}
