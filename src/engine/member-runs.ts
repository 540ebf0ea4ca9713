import { isInSet } from './byte-classes.ts'
import type { Range } from './merge-ranges.ts'

/**
 * How far text that a match can lie in reaches around a place: up to the first byte that
 * the pattern has nowhere.
 * Neighbouring places mostly lie in the same run, so the last answer of each class is kept: all answers together cost
 * one pass over the text.
 */
export class MemberRuns {
  readonly #sets: Uint8Array
  readonly #known = new Map<number, Range>()
  #bytes: Uint8Array = new Uint8Array(0)

  /** @param sets see `isInSet` */
  constructor(sets: Uint8Array) {
    this.#sets = sets
  }

  begin(bytes: Uint8Array): void {
    this.#bytes = bytes
    if (this.#known.size > 0) this.#known.clear()
  }

  /**
   * The members of `id` around `bytes[start .. end)`, all of which are taken to be members: from `lowest` at the
   * lowest, to `highest` at the highest.
   */
  around(id: number, start: number, end: number, lowest: number, highest: number): Range {
    const known = this.#known.get(id)
    const run = known && known.from <= start && start <= known.to ? known : { from: start, to: end }
    if (run !== known) this.#known.set(id, run)
    const sets = this.#sets
    const bytes = this.#bytes
    let from = run.from
    while (from > lowest && isInSet(sets, id, bytes[from - 1]!)) from--
    let to = Math.max(run.to, end)
    while (to < highest && isInSet(sets, id, bytes[to]!)) to++
    run.from = from
    run.to = to
    return { from: Math.max(from, lowest), to: Math.min(to, highest) }
  }
}
