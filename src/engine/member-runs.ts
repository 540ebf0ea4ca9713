import type { Range } from './merge-ranges.ts'

/**
 * How far text that a match can lie in reaches around a place: up to the first byte that the pattern has nowhere.
 * Neighbouring places mostly lie in the same run, so the last answer of each class is kept: all answers together cost
 * one pass over the text.
 */
export class MemberRuns {
  readonly #classes: Uint8Array
  readonly #known = new Map<number, Range>()
  #bytes: Uint8Array = new Uint8Array(0)

  constructor(classes: Uint8Array) {
    this.#classes = classes
  }

  begin(bytes: Uint8Array): void {
    this.#bytes = bytes
    if (this.#known.size > 0) this.#known.clear()
  }

  /** The run of members of `id` around `bytes[start .. end)`, all of which are taken to be members. */
  around(id: number, start: number, end: number): Range {
    const known = this.#known.get(id)
    if (known && known.from <= start && end <= known.to) return known
    const row = id << 8
    let from = start
    const limit = known && known.to <= start ? known.to : 0
    while (from > limit && this.#classes[row | this.#bytes[from - 1]!]) from--
    let to = end
    while (to < this.#bytes.length && this.#classes[row | this.#bytes[to]!]) to++
    const run = { from, to }
    this.#known.set(id, run)
    return run
  }
}
