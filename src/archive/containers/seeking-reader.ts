import type { RandomAccess } from '../random-access.ts'
import type { TarBytes } from './tar.ts'

/** A header is; what may be passed over is not. */
const MOST_AT_HAND = 4096

/** Reads bytes that lie ready, without touching those that are passed over. */
export class SeekingReader implements TarBytes {
  /** Where the next byte stands. */
  position = 0
  readonly #access: RandomAccess

  constructor(access: RandomAccess) {
    this.#access = access
  }

  async read(count: number): Promise<Uint8Array> {
    return this.#read(count)
  }

  readAtHand(count: number): Uint8Array | undefined {
    const isAtHand = count <= MOST_AT_HAND && this.#access.size - this.position >= count
    return isAtHand ? this.#read(count) : undefined
  }

  #read(count: number): Uint8Array {
    const bytes = this.#access.read(this.position, count)
    this.position += bytes.length
    return bytes
  }

  async *take(count = this.#access.size - this.position): AsyncGenerator<Uint8Array, void, undefined> {
    const bytes = await this.read(count)
    if (bytes.length > 0) yield bytes
  }

  async skip(count: number): Promise<number> {
    const skipped = Math.max(0, Math.min(count, this.#access.size - this.position))
    this.position += skipped
    return skipped
  }
}
