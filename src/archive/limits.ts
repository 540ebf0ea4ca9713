import type { Chunks } from './byte-reader.ts'
import { LimitReached } from './problems.ts'

/** What may come out of one archive, with all that is in it. */
export interface ArchiveLimits {
  /** Archives within archives; 0 opens none. */
  depth: number
  entries: number
  /** Unpacked bytes. */
  bytes: number
  /** Unpacked bytes for one packed byte, of a stream that is not small. */
  ratio: number
}

export const defaultArchiveLimits: ArchiveLimits = {
  depth: 5,
  entries: 100_000,
  bytes: 4 * 1024 ** 3,
  ratio: 200,
}

/** Where what is unpacked is less, its ratio does not matter. */
const SMALL = 16 * 1024 * 1024

/** Bytes of memory that decoders may move for nothing: a second or two. */
const FREE_EFFORT = 4 * 1024 ** 3
/** Beyond that, for one byte that comes out: a full block in the widest window that is usual. */
const EFFORT_PER_BYTE = 256

/** Counts down what may still come out of an archive. */
export class Budget {
  readonly #limits: ArchiveLimits
  #entries: number
  #bytes: number
  #effort = 0

  constructor(limits: ArchiveLimits) {
    this.#limits = limits
    this.#entries = limits.entries
    this.#bytes = limits.bytes
  }

  /** Nothing more may come out. */
  get isSpent(): boolean {
    return this.#entries < 0 || this.#bytes < 0
  }

  countEntry(): void {
    if (--this.#entries < 0) throw new LimitReached('too many files')
  }

  /** Counts bytes that a decoder moves. */
  readonly spend = (bytes: number): void => {
    this.#effort += bytes
    const unpacked = this.#limits.bytes - this.#bytes
    if (this.#effort > FREE_EFFORT + EFFORT_PER_BYTE * unpacked) throw new LimitReached('too much work')
  }

  /** @param packed how many bytes the stream has been made of so far */
  async *count(chunks: Chunks, packed: () => number): AsyncGenerator<Uint8Array, void, undefined> {
    let length = 0
    for await (const chunk of chunks) {
      length += chunk.length
      this.#bytes -= chunk.length
      if (this.#bytes < 0) throw new LimitReached('too many bytes')
      if (length > SMALL && length > packed() * this.#limits.ratio) throw new LimitReached('a bomb')
      yield chunk
    }
  }
}
