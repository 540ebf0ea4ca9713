/**
 * Finds where runs of bytes end. Questions about one run after the first are answered from memory, so that all
 * questions about a text, in ascending order, cost one pass over it.
 */
export class RunEnds {
  readonly #isStop: Uint8Array
  #from = 0
  #end = -1

  /** @param stops bytes that end a run: as Latin-1, or 256 flags */
  constructor(stops: string | Uint8Array) {
    this.#isStop = typeof stops === 'string' ? flagsOf(stops) : stops
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

function flagsOf(characters: string): Uint8Array {
  const flags = new Uint8Array(256)
  for (let at = 0; at < characters.length; at++) flags[characters.charCodeAt(at)] = 1
  return flags
}
