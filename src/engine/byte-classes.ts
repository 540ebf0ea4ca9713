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

/** The class of all bytes that one of two has. */
export function uniteClasses(first: string, second: string): string {
  const others = Buffer.from(second, 'hex')
  const both = Buffer.from(first, 'hex').map((bits, at) => bits | others[at]!)
  return Buffer.from(both).toString('hex')
}
