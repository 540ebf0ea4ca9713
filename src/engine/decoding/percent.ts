/** Percent encoding of URLs (RFC 3986, section 2.1), and `%uHHHH` of JavaScript's `escape`. */
import { readCodeUnits } from './code-units.ts'
import type { EscapeDecoder } from './decoder.ts'
import { hexNumber } from './digits.ts'

const PERCENT = 0x25
const LOWER_U = 0x75

export const percent: EscapeDecoder = {
  lead: PERCENT,
  isRareLead: true,
  triggers: listTriggers(),
  // `%2d` and `%3f` are also formats of printf; URLs are mostly written in upper case.
  isTelling: (bytes, at) => !isLower(bytes[at + 1]) && !isLower(bytes[at + 2]),
  read(bytes, at, end, text) {
    const byte = hexNumber(bytes, at + 1, end, 2)
    if (byte >= 0) {
      text.push(byte)
      return 3
    }
    return bytes[at + 1] === LOWER_U ? readCodeUnits(bytes, at, end, text) : 0
  },
}

/** Every printable ASCII character and the common control characters. */
function listTriggers(): string[] {
  const characters = [9, 10, 13, ...Array.from({ length: 95 }, (_, i) => i + 32)]
  return ['%u00', ...characters.map(byte => `%${byte.toString(16).padStart(2, '0')}`)]
}

function isLower(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x61
}
