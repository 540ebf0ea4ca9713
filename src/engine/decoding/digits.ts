const values = new Int8Array(256).fill(-1)
for (let digit = 0; digit < 16; digit++) {
  values[digit.toString(16).charCodeAt(0)] = digit
  values[digit.toString(16).toUpperCase().charCodeAt(0)] = digit
}

/** The value of a hexadecimal digit, -1 for any other byte. */
export function hexDigit(byte: number | undefined): number {
  return byte === undefined ? -1 : (values[byte] ?? -1)
}

/** The value of exactly so many hexadecimal digits, -1 when one is missing. */
export function hexNumber(bytes: Uint8Array, at: number, end: number, digits: number): number {
  if (at + digits > end) return -1
  let value = 0
  for (let i = 0; i < digits; i++) {
    const digit = hexDigit(bytes[at + i])
    if (digit < 0) return -1
    value = value * 16 + digit
  }
  return value
}
