import { CorruptArchive } from '../../problems.ts'

/** Takes bits out of bytes, the highest of a byte first. */
export class BitReader {
  readonly #bytes: Uint8Array
  #at = 0
  /** Bits that are taken out of the bytes but not read yet, right-aligned. */
  #bits = 0
  #count = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Up to 24 bits as a number. */
  read(count: number): number {
    while (this.#count < count) this.#load()
    this.#count -= count
    return (this.#bits >>> this.#count) & ((1 << count) - 1)
  }

  readBit(): number {
    if (this.#count === 0) this.#load()
    return (this.#bits >>> --this.#count) & 1
  }

  /** Up to 24 bits without taking them; zeros behind the end. */
  peek(count: number): number {
    while (this.#count < count) {
      this.#bits = (this.#bits << 8) | (this.#bytes[this.#at++] ?? 0)
      this.#count += 8
    }
    return (this.#bits >>> (this.#count - count)) & ((1 << count) - 1)
  }

  /** Takes bits that were peeked at. */
  drop(count: number): void {
    this.#count -= count
    if (this.#at - (this.#count >> 3) > this.#bytes.length) throw new CorruptArchive('ends too early')
  }

  /** Goes on with the next whole byte, and answers with its place. */
  align(): number {
    this.#count -= this.#count & 7
    return this.#at - (this.#count >> 3)
  }

  #load(): void {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw new CorruptArchive('ends too early')
    this.#at++
    this.#bits = (this.#bits << 8) | byte
    this.#count += 8
  }
}
