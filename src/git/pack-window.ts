import type { GitCore } from './git-core.ts'
import type { Pack } from './pack.ts'

/** Of larger blocks much is read in vain: the members of a family lie scattered over the pack. */
const BLOCK = 16 * 1024
const BLOCKS = 1024
const NOTHING = -1

/** Shows parts of packs in the core's memory. */
export class PackWindow {
  readonly #core: GitCore
  readonly #blocks: number
  readonly #large: number
  readonly #largest: number
  /** Slot → the block that it holds, counted through all packs. */
  readonly #held = new Float64Array(BLOCKS).fill(NOTHING)

  /** @param largest most bytes that are shown at once */
  constructor(core: GitCore, largest: number) {
    this.#core = core
    this.#blocks = core.reserve(BLOCKS * BLOCK)
    this.#large = core.reserve(largest)
    this.#largest = largest
  }

  /**
   * The address where these bytes of a pack stand, valid until the next call; undefined when the file has them not, or
   * they are too many.
   * @param pack the pack, and its number among those that this window is used for
   */
  show(pack: Pack, number: number, position: number, length: number): number | undefined {
    const first = Math.floor(position / BLOCK)
    const last = Math.floor((position + length - 1) / BLOCK)
    // Neighbours in the file are neighbours in the memory, but for the last slot and the first.
    if (last - first >= BLOCKS / 4 || (last % BLOCKS) - (first % BLOCKS) !== last - first) {
      return this.#showLarge(pack, position, length)
    }
    for (let block = first; block <= last; block++) {
      const key = number * 2 ** 40 + block
      const slot = block % BLOCKS
      if (this.#held[slot] === key) continue
      pack.readInto(this.#core.bytes, this.#blocks + slot * BLOCK, BLOCK, block * BLOCK)
      this.#held[slot] = key
    }
    return this.#blocks + (first % BLOCKS) * BLOCK + (position - first * BLOCK)
  }

  #showLarge(pack: Pack, position: number, length: number): number | undefined {
    if (length > this.#largest) return undefined
    const count = pack.readInto(this.#core.bytes, this.#large, length, position)
    return count === length ? this.#large : undefined
  }
}
