/**
 * Whether decoded bytes are worth a search: text in UTF-8, or something that text is packed in. Decides from the first
 * bytes, and mostly from the first six or so, as nearly every run of letters and digits in a text is no base64.
 */

/** So much may be no text: what is encoded is often framed by some binary bytes. */
const MOST_UNREADABLE = 1 / 8

/** An automaton over bytes: its states are how many more bytes the current character needs, times 256. */
export const nextState = new Uint16Array(4 * 256)
/** `isWrong[state + byte]`: the byte is no text. */
export const isWrong = new Uint8Array(4 * 256)
for (let byte = 0; byte < 256; byte++) {
  const needed = byte < 0xc2 || byte > 0xf4 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
  const isText = (byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13) || needed > 0
  for (let state = 0; state < 4; state++) {
    const continues = state > 0 && byte >= 0x80 && byte < 0xc0
    nextState[state * 256 + byte] = (continues ? state - 1 : needed) * 256
    isWrong[state * 256 + byte] = continues || (state === 0 && isText) ? 0 : 1
  }
}

export function looksReadable(bytes: Uint8Array, length: number): boolean {
  if (isPacked(bytes) || isUtf16(bytes, length)) return true
  const allowed = length * MOST_UNREADABLE
  let state = 0
  let wrong = 0
  for (let at = 0; at < length; at++) {
    wrong += isWrong[state + bytes[at]!]!
    if (wrong > allowed) return false
    state = nextState[state + bytes[at]!]!
  }
  return length > 0
}

/** The beginning of a gzip (RFC 1952) or zlib (RFC 1950) stream. */
export function isPacked(bytes: Uint8Array): boolean {
  const first = bytes[0]
  const second = bytes[1]
  if (first === 0x1f) return second === 0x8b && bytes[2] === 8
  return first === 0x78 && (second === 0x01 || second === 0x5e || second === 0x9c || second === 0xda)
}

/** Every other byte is NUL, but for a byte order mark. */
function isUtf16(bytes: Uint8Array, length: number): boolean {
  if (length < 8 || (bytes[2] !== 0 && bytes[3] !== 0)) return false
  let zeros = 0
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros++
  return zeros >= length / 3 && zeros <= (length * 2) / 3
}
