import type { TreeLinks } from './tree-lists.ts'

/**
 * Knows of every tree whether wanted files are below it, by a signature over their paths and contents: two trees with
 * the same signature hold the same wanted files at the same paths, and 0 stands for none.
 */
export class TreeGraph {
  readonly #isWanted: Uint8Array
  readonly #parts: readonly Uint32Array[]
  /** Tree → the part that its links are in. */
  readonly #part: Uint16Array
  readonly #from: Uint32Array
  readonly #to: Uint32Array
  readonly #low: Uint32Array
  readonly #high: Uint32Array
  readonly #state: Uint8Array

  /**
   * @param count of all objects
   * @param isWanted number → 1 for a file, or a tree as such, that is looked for
   */
  constructor(count: number, isWanted: Uint8Array, parts: readonly TreeLinks[]) {
    this.#isWanted = isWanted
    this.#parts = parts.map(({ links }) => links)
    this.#part = new Uint16Array(count)
    this.#from = new Uint32Array(count)
    this.#to = new Uint32Array(count)
    this.#low = new Uint32Array(count)
    this.#high = new Uint32Array(count)
    this.#state = new Uint8Array(count)
    for (const [part, { trees, ends }] of parts.entries()) {
      for (const [i, tree] of trees.entries()) {
        this.#part[tree] = part
        this.#from[tree] = i > 0 ? ends[i - 1]! : 0
        this.#to[tree] = ends[i]!
      }
    }
  }

  /** Whether wanted files are below a tree. */
  holdsWanted(tree: number): boolean {
    if (tree < 0) return false
    this.#sign(tree)
    return (this.#low[tree]! | this.#high[tree]!) !== 0
  }

  /** Whether two trees hold the same wanted files at the same paths; -1 stands for a tree without anything. */
  isSame(a: number, b: number): boolean {
    if (!this.holdsWanted(a) || !this.holdsWanted(b)) return this.holdsWanted(a) === this.holdsWanted(b)
    return this.#low[a] === this.#low[b] && this.#high[a] === this.#high[b]
  }

  isWanted(number: number): boolean {
    return this.#isWanted[number] === 1
  }

  /** The subtree or wanted file of a name, by its hash; -1 for none, and for a file that is not wanted. */
  childOf(tree: number, name: number): number {
    if (tree < 0) return -1
    const links = this.#linksOf(tree)
    for (let link = this.#from[tree]!; link < this.#to[tree]!; link++) {
      const child = links[2 * link]!
      if (links[2 * link + 1] !== name) continue
      const isFile = this.#from[child] === this.#to[child]
      return !isFile || this.#isWanted[child] ? child : -1
    }
    return -1
  }

  #linksOf(tree: number): Uint32Array {
    return this.#parts[this.#part[tree]!] ?? none
  }

  /** Signs subtrees before what they are in. A tree cannot hold itself, but a damaged store may say so. */
  #sign(tree: number): void {
    const open = [tree]
    while (open.length) {
      const at = open[open.length - 1]!
      if (this.#state[at] === 2) {
        open.pop()
        continue
      }
      if (this.#state[at] === 1) {
        this.#sum(at)
        this.#state[at] = 2
        open.pop()
        continue
      }
      this.#state[at] = 1
      const links = this.#linksOf(at)
      for (let link = this.#from[at]!; link < this.#to[at]!; link++) {
        const child = links[2 * link]!
        if (this.#state[child] === 0 && this.#from[child] !== this.#to[child]) open.push(child)
      }
    }
  }

  #sum(tree: number): void {
    let low = this.#isWanted[tree] ? 0x9e37_79b9 : 0
    let high = this.#isWanted[tree] ? 0x85eb_ca6b : 0
    const links = this.#linksOf(tree)
    for (let link = this.#from[tree]!; link < this.#to[tree]!; link++) {
      const child = links[2 * link]!
      const name = links[2 * link + 1]!
      const isFile = this.#from[child] === this.#to[child]
      if (isFile && !this.#isWanted[child]) continue
      const childLow = isFile ? child + 1 : this.#low[child]!
      const childHigh = isFile ? ~child : this.#high[child]!
      if (!isFile && (childLow | childHigh) === 0) continue
      low = (low + mix(name ^ mix(childLow, 0x27d4_eb2f), 0x1656_67b1)) | 0
      high = (high + mix(name ^ mix(childHigh, 0x9e37_79b1), 0x85eb_ca77)) | 0
    }
    this.#low[tree] = low
    this.#high[tree] = high
  }
}

const none = new Uint32Array(0)

function mix(value: number, factor: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), factor | 1)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2_ae35)
  return mixed ^ (mixed >>> 16)
}
