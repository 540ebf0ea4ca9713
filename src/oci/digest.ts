import { createHash, type Hash } from 'node:crypto'
import type { Chunks } from '../archive/byte-reader.ts'
import { DigestMismatch, InvalidManifest } from './problems.ts'

/** `sha256:` or `sha512:` and hexadecimal digits; others are not safe to rely on. */
export function isDigest(text: unknown): text is string {
  return typeof text === 'string' && /^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/.test(text)
}

export function hashFor(digest: string): Hash {
  if (!isDigest(digest)) throw new InvalidManifest(`a digest that is none`)
  return createHash(digest.slice(0, digest.indexOf(':')))
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** Sums up what goes by. */
export class DigestSum {
  readonly #hash = createHash('sha256')

  async *watch(chunks: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of chunks) {
      this.#hash.update(chunk)
      yield chunk
    }
  }

  /** To be asked once, when all has gone by. */
  result(): string {
    return `sha256:${this.#hash.digest('hex')}`
  }
}

/** Watches a blob go by, and tells at its end whether it was the right one: a reader gets all there is of a wrong one, too. */
export class DigestCheck {
  readonly #digest: string
  readonly #size: number | undefined
  readonly #hash: Hash
  #length = 0

  /** @param size its bytes, where they are known: more are never read */
  constructor(digest: string, size?: number) {
    this.#digest = digest
    this.#size = size
    this.#hash = hashFor(digest)
  }

  async *watch(chunks: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of chunks) {
      this.#length += chunk.length
      if (this.#size !== undefined && this.#length > this.#size) return
      this.#hash.update(chunk)
      yield chunk
    }
  }

  /** To be called once, when all has gone by. @throws DigestMismatch */
  verify(): void {
    const size = this.#size ?? this.#length
    if (this.#length > size) throw new DigestMismatch('longer than it should be')
    if (this.#length < size) throw new DigestMismatch('cut off')
    if (!this.#digest.endsWith(`:${this.#hash.digest('hex')}`))
      throw new DigestMismatch('its bytes have another digest')
  }
}
