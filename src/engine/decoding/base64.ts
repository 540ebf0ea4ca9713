/** Base64 (RFC 4648) in both alphabets. */
import type { RunDecoder } from './decoder.ts'

/** Byte → the six bits it stands for; 255 for a byte that is not of the alphabet. */
export const base64Values = new Uint8Array(256).fill(255)
for (const [value, character] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  base64Values[character.charCodeAt(0)] = value
}
base64Values['-'.charCodeAt(0)] = 62
base64Values['_'.charCodeAt(0)] = 63

export const base64: RunDecoder = {
  shortest: 24,
  width: 4 / 3,
  alphabet: base64Values.map(value => (value === 255 ? 0 : 1)),
  decode(bytes, start, end, out) {
    let length = 0
    let at = start
    for (; at + 4 <= end; at += 4) {
      const bits =
        (base64Values[bytes[at]!]! << 18) |
        (base64Values[bytes[at + 1]!]! << 12) |
        (base64Values[bytes[at + 2]!]! << 6) |
        base64Values[bytes[at + 3]!]!
      out[length++] = bits >>> 16
      out[length++] = bits >>> 8
      out[length++] = bits
    }
    // The last two or three characters stand for one or two bytes.
    if (end - at < 2) return length
    const bits = (base64Values[bytes[at]!]! << 18) | (base64Values[bytes[at + 1]!]! << 12)
    out[length++] = bits >>> 16
    if (end - at >= 3) out[length++] = (bits | (base64Values[bytes[at + 2]!]! << 6)) >>> 8
    return length
  },
}
