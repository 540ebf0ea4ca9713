/** Classes of bytes, each given as 256 bits in hex, side by side: 32 bytes each, see `isInSet`. */
export function packClasses(classes: readonly string[]): Uint8Array {
  return Buffer.from(classes.join(''), 'hex')
}

/** Whether set `id` of those that `packClasses` made holds the byte. */
export function isInSet(sets: Uint8Array, id: number, byte: number): boolean {
  return ((sets[(id << 5) | (byte >> 3)]! >> (byte & 7)) & 1) === 1
}

/** One class as 256 flags. */
export function expandClass(classBits: string): Uint8Array {
  const set = packClasses([classBits])
  return Uint8Array.from({ length: 256 }, (_, byte) => (isInSet(set, 0, byte) ? 1 : 0))
}

/** The class of the bytes that are meant. */
export function classOf(isMember: (byte: number) => boolean): string {
  const bits = Buffer.alloc(32)
  for (let byte = 0; byte < 256; byte++) if (isMember(byte)) bits[byte >> 3]! |= 1 << (byte & 7)
  return bits.toString('hex')
}

/** The class of all bytes that one of two has. */
export function uniteClasses(first: string, second: string): string {
  const others = Buffer.from(second, 'hex')
  const both = Buffer.from(first, 'hex').map((bits, at) => bits | others[at]!)
  return Buffer.from(both).toString('hex')
}
