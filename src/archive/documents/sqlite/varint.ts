/** A number of 1 to 9 bytes, seven bits each but for the ninth; what is larger than 2⁵³ becomes infinite. */
export function readVarint(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0
  for (let i = 0; i < 8; i++) {
    const byte = bytes[at + i] ?? 0
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80)
      return { value: value > Number.MAX_SAFE_INTEGER ? Number.POSITIVE_INFINITY : value, end: at + i + 1 }
  }
  return { value: Number.POSITIVE_INFINITY, end: at + 9 }
}
