/**
 * Finds where runs of bytes end. Questions about one run after the first are answered from memory, so that all
 * questions about a text, in ascending order, cost one pass over it.
 */
export class RunEnds {
  readonly #isStop = new Uint8Array(256)
  #from = 0
  #end = -1

  /** @param stops bytes that end a run, as Latin-1 */
  constructor(stops: string | ((byte: number) => boolean)) {
    for (let byte = 0; byte < 256; byte++) {
      const isStop = typeof stops === 'string' ? stops.includes(String.fromCharCode(byte)) : stops(byte)
      this.#isStop[byte] = isStop ? 1 : 0
    }
  }

  /** Forgets the text. */
  begin(): void {
    this.#end = -1
  }

  /** The first place at or after `at` that holds a stop, or the text's end. */
  find(bytes: Uint8Array, at: number): number {
    if (at >= this.#from && at <= this.#end) return this.#end
    let end = at
    while (end < bytes.length && this.#isStop[bytes[end]!] === 0) end++
    this.#from = at
    this.#end = end
    return end
  }
}
