/** Keeps the values that were used last, up to a number of bytes. */
export class ByteCache<Value> {
  readonly #limit: number
  #size = 0
  readonly #entries = new Map<string, { value: Value; size: number }>()

  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /** A value that would push out more than a quarter of the others is not kept. */
  set(key: string, value: Value, size: number): void {
    if (size > this.#limit / 4 || this.#entries.has(key)) return
    this.#entries.set(key, { value, size })
    this.#size += size
    for (const [oldest, entry] of this.#entries) {
      if (this.#size <= this.#limit) break
      this.#entries.delete(oldest)
      this.#size -= entry.size
    }
  }
}
