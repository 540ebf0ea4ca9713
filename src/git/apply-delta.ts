import { CorruptObjectError } from './git-object.ts'

/**
 * Applies a delta's instructions (https://git-scm.com/docs/pack-format#_deltified_representation) to its base.
 * @throws CorruptObjectError when they do not fit the base or the size that they announce
 */
export function applyDelta(base: Uint8Array, delta: Uint8Array): Buffer {
  const reader = new DeltaReader(delta)
  if (reader.readSize() !== base.length) throw new CorruptObjectError('a delta is for another base')
  const size = reader.readSize()
  if (size > deltaLimit(base.length, delta.length)) throw new CorruptObjectError('a delta announces too much')
  const result = Buffer.allocUnsafe(size)
  let filled = 0
  for (let step = reader.next(); step; step = reader.next()) {
    const [source, from] = step.isCopy ? [base, step.from] : [delta, step.from]
    if (from + step.length > source.length || filled + step.length > size)
      throw new CorruptObjectError('a delta reaches out of bounds')
    result.set(source.subarray(from, from + step.length), filled)
    filled += step.length
  }
  if (filled !== size) throw new CorruptObjectError('a delta gives less than it announces')
  return result
}

/** What the instructions can give at most: each byte of them may copy the most that one copies, within 2 GiB. */
function deltaLimit(baseLength: number, deltaLength: number): number {
  return Math.min(2 ** 31 - 1, deltaLength * Math.min(baseLength, 0xffffff) + deltaLength)
}

export interface DeltaStep {
  isCopy: boolean
  /** In the base for a copy, in the delta for an insert. */
  from: number
  length: number
}

/** Reads the instructions one by one. */
export class DeltaReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** The header is two of these: size of the base, size of the result. */
  readSize(): number {
    let size = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#byte()
      size += (byte & 127) * scale
      if (size > Number.MAX_SAFE_INTEGER) throw new CorruptObjectError('a size in a delta makes no sense')
      if (byte < 128) return size
    }
  }

  next(): DeltaStep | undefined {
    if (this.#at >= this.#bytes.length) return undefined
    const code = this.#byte()
    if (code & 128) {
      const from = this.#number(code, 4)
      return { isCopy: true, from, length: this.#number(code >> 4, 3) || 0x10000 }
    }
    if (code === 0) throw new CorruptObjectError('a delta holds a reserved instruction')
    const from = this.#at
    this.#at += code
    return { isCopy: false, from, length: code }
  }

  /** A little-endian number of which only the bytes are there whose bit is set. */
  #number(bits: number, count: number): number {
    let value = 0
    for (let i = 0; i < count; i++) if (bits & (1 << i)) value += this.#byte() * 2 ** (8 * i)
    return value
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) throw new CorruptObjectError('a delta is cut off')
    return byte
  }
}
