import type { Ranges } from '../regex/index.ts'

/** Collects the sets of bytes of all rules; a set's id is its place. */
export interface ClassTable {
  /** Each as 256 bits in hex, lowest byte first. */
  readonly classes: readonly string[]
  /** The id of a set, added when it is new. */
  idOf(ranges: Ranges): number
}

export function createClassTable(): ClassTable {
  const ids = new Map<string, number>()
  const classes: string[] = []
  return {
    classes,
    idOf(ranges) {
      const bits = toBits(ranges)
      const known = ids.get(bits)
      if (known !== undefined) return known
      ids.set(bits, classes.length)
      return classes.push(bits) - 1
    },
  }
}

function toBits(ranges: Ranges): string {
  const bits = new Uint8Array(32)
  for (const [low, high] of ranges) {
    for (let code = low; code <= high; code++) bits[code >> 3]! |= 1 << (code & 7)
  }
  return Buffer.from(bits).toString('hex')
}
