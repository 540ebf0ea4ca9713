import type { GitCore } from './git-core.ts'
import type { Pack } from './pack.ts'

/** So much is read at once at most where a pack is read from front to back. */
const MOST_AHEAD = 128 * 1024
/** What is passed over between two entries that still follow each other. */
const GAP = 4096

/**
 * Shows parts of packs in the core's memory. The members of a family lie scattered over the pack: of each only its own
 * bytes are read, and what is behind it where the one before was read there.
 */
export class PackWindow {
  readonly #core: GitCore
  readonly #buffer: number
  /** Most bytes that are shown at once. */
  readonly largest: number
  /** What the buffer holds. */
  #pack: Pack | undefined
  #start = 0
  #end = 0

  constructor(core: GitCore, largest: number) {
    this.#core = core
    this.#buffer = core.reserve(largest)
    this.largest = largest
  }

  /**
   * The address where these bytes of a pack stand, valid until the next call; undefined when the file has them not.
   * @param length at most `largest`
   */
  show(pack: Pack, position: number, length: number): number | undefined {
    if (!this.#holds(pack, position, position + length)) this.#read(pack, position, length)
    return this.#holds(pack, position, position + length) ? this.#buffer + position - this.#start : undefined
  }

  #holds(pack: Pack, from: number, to: number): boolean {
    return pack === this.#pack && from >= this.#start && to <= this.#end
  }

  #read(pack: Pack, position: number, length: number): void {
    const follows = pack === this.#pack && position >= this.#start && position <= this.#end + GAP
    const ahead = follows ? Math.min(MOST_AHEAD, 2 * (position + length - this.#start)) : 0
    const wanted = Math.max(length, Math.min(ahead, this.largest, pack.size - position))
    this.#pack = pack
    this.#start = position
    this.#end = position
    this.#end += pack.readInto(this.#core.bytes, this.#buffer, wanted, position)
  }
}
