/** Pairs of hexadecimal digits with nothing between them. */
import type { RunDecoder } from './decoder.ts'
import { hexDigit } from './digits.ts'

export const hex: RunDecoder = {
  shortest: 32,
  width: 2,
  alphabet: Uint8Array.from({ length: 256 }, (_, byte) => (hexDigit(byte) < 0 ? 0 : 1)),
  decode(bytes, start, end, out) {
    let length = 0
    for (let at = start; at + 2 <= end; at += 2) {
      out[length++] = (hexDigit(bytes[at]) << 4) | hexDigit(bytes[at + 1])
    }
    return length
  },
}
