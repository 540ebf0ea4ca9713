export type Chunks = AsyncIterable<Uint8Array>

/** Chunks each of which is good until the next one is asked for: its memory is used again. */
export type PassingChunks = Chunks

const none = new Uint8Array(0)

/**
 * Takes a stream of bytes apart. What went wrong once goes wrong again at every later call. Of `PassingChunks` it gives bytes
 * that are good until the next call.
 */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>
  #buffer: Uint8Array = none
  #isEnded = false
  #failure: { error: unknown } | undefined

  constructor(chunks: Chunks | PassingChunks) {
    this.#source = chunks[Symbol.asyncIterator]()
  }

  /** The next bytes without taking them: as many as asked, or all when there are fewer. */
  async peek(count: number): Promise<Uint8Array> {
    if (this.#buffer.length < count) await this.#fill(count)
    return this.#buffer.subarray(0, count)
  }

  /** Takes the next bytes: as many as asked, or all when there are fewer. */
  async read(count: number): Promise<Uint8Array> {
    const bytes = await this.peek(count)
    this.#buffer = this.#buffer.subarray(bytes.length)
    return bytes
  }

  /** Takes the next bytes at once where all of them are at hand: a promise for each of many small reads costs more than they do. */
  readAtHand(count: number): Uint8Array | undefined {
    if (this.#buffer.length < count) return undefined
    const bytes = this.#buffer.subarray(0, count)
    this.#buffer = this.#buffer.subarray(count)
    return bytes
  }

  /** Takes the next bytes as they come, at most so many; one chunk at least is given before an error. */
  async *take(count = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array, void, undefined> {
    let left = count
    while (left > 0) {
      const chunk = await this.#next()
      if (chunk.length === 0) return
      const part = chunk.length > left ? chunk.subarray(0, left) : chunk
      this.#buffer = chunk.subarray(part.length)
      left -= part.length
      yield part
    }
  }

  /** Passes over bytes, and answers with how many there were. */
  async skip(count: number): Promise<number> {
    let skipped = 0
    for await (const chunk of this.take(count)) skipped += chunk.length
    return skipped
  }

  async #fill(count: number): Promise<void> {
    const kept: Uint8Array[] = []
    let last = this.#buffer
    let length = last.length
    this.#buffer = none
    while (length < count) {
      // Its memory may be used again for the next chunk.
      if (last.length > 0) kept.push(Uint8Array.from(last))
      last = none
      const chunk = await this.#next().catch(error => {
        this.#buffer = Buffer.concat(kept)
        throw error
      })
      if (chunk.length === 0) break
      this.#buffer = none
      last = chunk
      length += chunk.length
    }
    this.#buffer = kept.length === 0 ? last : Buffer.concat([...kept, last])
  }

  /** What is buffered, else the next chunk; nothing at the end. The caller says what is left of it. */
  async #next(): Promise<Uint8Array> {
    if (this.#buffer.length > 0) return this.#buffer
    if (this.#failure) throw this.#failure.error
    while (!this.#isEnded) {
      const { value, done } = await this.#source.next().catch(error => {
        this.#failure = { error }
        throw error
      })
      if (done) this.#isEnded = true
      else if (value.length > 0) return value
    }
    return none
  }
}

/** Copies that last. */
export async function* keepChunks(chunks: PassingChunks): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) yield Uint8Array.from(chunk)
}

export async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes
}

/** All bytes of a stream in one piece; undefined when there are more than allowed. */
export async function collect(chunks: Chunks, most: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > most) return undefined
    parts.push(chunk)
  }
  return parts.length === 1 ? parts[0] : Buffer.concat(parts)
}
