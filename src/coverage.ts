import type { Coverage, Skip, SkipReason } from './model.ts'

/** Left out on purpose, or with nothing in it to read. */
const harmless: ReadonlySet<SkipReason> = new Set(['excluded', 'device'])

/** Whether a scan is complete all the same. */
export function isHarmless({ reason }: Pick<Skip, 'reason'>): boolean {
  return harmless.has(reason)
}

const MAX_EXAMPLES = 5

/** Counts what was read and what was not. Tallies of several threads can be added up in any order. */
export class CoverageTally {
  #items = 0
  #bytes = 0
  readonly #skips = new Map<SkipReason, Skip>()

  read(bytes: number): void {
    this.#items++
    this.#bytes += bytes
  }

  skip(reason: SkipReason, example: string, bytes = 0): void {
    this.#add({ reason, count: 1, bytes, examples: [example] })
  }

  add(other: Coverage): void {
    this.#items += other.items
    this.#bytes += other.bytes
    for (const skip of other.skipped) this.#add(skip)
  }

  result(): Coverage {
    const skipped = [...this.#skips.values()].sort((a, b) => (a.reason < b.reason ? -1 : 1))
    return {
      complete: skipped.every(isHarmless),
      items: this.#items,
      bytes: this.#bytes,
      skipped: skipped.map(skip => ({ ...skip, examples: [...skip.examples] })),
    }
  }

  /** The alphabetically first examples are kept, so that the report does not depend on which thread was quicker. */
  #add({ reason, count, bytes, examples }: Skip): void {
    const skip = this.#skips.get(reason) ?? { reason, count: 0, bytes: 0, examples: [] }
    skip.count += count
    skip.bytes += bytes
    skip.examples = [...new Set([...skip.examples, ...examples])].sort().slice(0, MAX_EXAMPLES)
    this.#skips.set(reason, skip)
  }
}
