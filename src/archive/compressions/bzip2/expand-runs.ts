/** Bits of CRC-32 as bzip2 has it: the same polynomial as gzip's, the highest bit first. */
const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value
})

const PIECE = 64 * 1024

/** Undoes the first step of bzip2: after four equal bytes comes one that says how many more there are. */
export function* expandRuns(text: Uint8Array, checksum: { value: number }): Generator<Uint8Array> {
  let piece = new Uint8Array(PIECE + 255)
  let length = 0
  let crc = -1
  let equal = 0
  let last = -1
  for (let i = 0; i < text.length; i++) {
    const byte = text[i]!
    if (equal === 4) {
      piece.fill(last, length, length + byte)
      length += byte
      for (let n = 0; n < byte; n++) crc = (crc << 8) ^ table[(crc >>> 24) ^ last]!
      equal = 0
    } else {
      equal = byte === last ? equal + 1 : 1
      last = byte
      piece[length++] = byte
      crc = (crc << 8) ^ table[(crc >>> 24) ^ byte]!
    }
    if (length < PIECE) continue
    yield piece.subarray(0, length)
    piece = new Uint8Array(PIECE + 255)
    length = 0
  }
  if (length > 0) yield piece.subarray(0, length)
  checksum.value = ~crc >>> 0
}
