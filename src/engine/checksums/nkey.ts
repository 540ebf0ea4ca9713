/**
 * Base 32 of a kind, the key and a CRC-16 (polynomial 0x1021, little endian), https://github.com/nats-io/nkeys. Where the sum
 * is wrong somebody may have changed a letter for a document; the form alone is rare enough.
 */
export function checkNkey(seed: string): 'valid' | 'unknown' {
  const bytes = decodeBase32(seed)
  const sum = bytes.slice(0, -2).reduce(addByte, 0)
  return bytes.at(-2) === (sum & 0xff) && bytes.at(-1) === sum >> 8 ? 'valid' : 'unknown'
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function decodeBase32(text: string): number[] {
  const bytes: number[] = []
  let bits = 0
  let count = 0
  for (const letter of text) {
    bits = ((bits << 5) | alphabet.indexOf(letter)) & 0xffff
    count += 5
    if (count < 8) continue
    count -= 8
    bytes.push((bits >> count) & 0xff)
  }
  return bytes
}

function addByte(sum: number, byte: number): number {
  let next = sum ^ (byte << 8)
  for (let bit = 0; bit < 8; bit++) next = (next & 0x8000 ? (next << 1) ^ 0x1021 : next << 1) & 0xffff
  return next
}
