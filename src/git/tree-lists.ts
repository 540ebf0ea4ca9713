import type { Catalog } from './catalog.ts'
import type { GitCore } from './git-core.ts'
import { type HashName, hashBytes } from './object-id.ts'
import type { UniqueText } from './unique-text.ts'

/** Subtrees and wanted files of trees, over each other: those of the tree `trees[i]` end at `ends[i]`. */
export interface TreeLinks {
  trees: Uint32Array
  ends: Uint32Array
  /** Numbers of objects, each with the hash of its name in the tree. In memory that threads share, as they may be millions. */
  links: Uint32Array
}

const LINKS = 128 * 1024
const MISSING = 1024
const HEAD_BITS = 2 ** 19
/** The table of objects is filled up to this share. */
const FULL = 0.75

/** Reads trees in the core's memory: new names for a search, links between trees, and what is missing. */
export class TreeLists {
  readonly #core: GitCore
  readonly #catalog: Catalog
  readonly #idSize: number
  readonly #slots: number
  readonly #table: number
  readonly #wanted: number
  readonly #heads: number
  readonly #links: number
  readonly #missing: number
  readonly #scratch: number
  readonly #missed = new Set<string>()
  readonly #chunks: Uint32Array[] = []
  readonly #trees: number[] = []
  readonly #ends: number[] = []
  #taken = 0
  #isFilled = false

  constructor(core: GitCore, catalog: Catalog, hash: HashName) {
    this.#core = core
    this.#catalog = catalog
    this.#idSize = hashBytes[hash]
    this.#slots = 2 ** Math.ceil(Math.log2((catalog.count + 16) / FULL))
    this.#table = core.reserve(this.#slots * 16)
    this.#wanted = core.reserve(Math.ceil(catalog.count / 8) + 8)
    this.#heads = core.reserve(HEAD_BITS / 8)
    this.#links = core.reserve(LINKS * 8)
    this.#missing = core.reserve(MISSING * 32)
    this.#scratch = core.reserve(32)
  }

  /** To be called before the first tree. `wanted` are files that links are listed to, where links are asked for. */
  begin(wanted: Iterable<number> | undefined): void {
    const { wasm, bytes, words } = this.#core
    this.#fill()
    this.#takeAll()
    this.#missed.clear()
    this.#chunks.length = this.#trees.length = this.#ends.length = this.#taken = 0
    wasm.setTrees(this.#idSize, this.#links, LINKS, this.#missing, MISSING)
    if (!wanted) return
    const scratch = this.#scratch
    for (const number of wanted) {
      bytes[this.#wanted + (number >> 3)]! |= 1 << (number & 7)
      bytes.set(Buffer.from(this.#catalog.idOf(number), 'hex'), scratch)
      const head = words[scratch / 4]! & (HEAD_BITS - 1)
      bytes[this.#heads + (head >> 3)]! |= 1 << (head & 7)
    }
    wasm.listLinks(this.#wanted, this.#heads)
  }

  /** Gives all objects their numbers. */
  #fill(): void {
    if (this.#isFilled) return
    const { wasm, bytes } = this.#core
    wasm.setObjects(this.#table, this.#slots)
    // The first copy of an object gives it its number: one that makes no sense comes last.
    this.#addPacked(this.#catalog, false)
    for (const { ids, first } of this.#catalog.loose) {
      for (const [i, id] of ids.entries()) {
        bytes.set(Buffer.from(id, 'hex'), this.#scratch)
        wasm.addObject(this.#scratch, first + i)
      }
    }
    this.#addPacked(this.#catalog, true)
    this.#isFilled = true
  }

  #addPacked({ packs }: Catalog, areDamaged: boolean): void {
    const { wasm, bytes } = this.#core
    const scratch = this.#scratch
    for (const { pack, plan, first } of packs) {
      const { bytes: ids, idStart, idStride } = pack.index
      for (let entry = 0; entry < plan.count; entry++) {
        if ((plan.headers[entry] === 0) !== areDamaged) continue
        const at = idStart + plan.order[entry]! * idStride
        for (let i = 0; i < 12; i++) bytes[scratch + i] = ids[at + i]!
        wasm.addObject(scratch, first + entry)
      }
    }
  }

  /** Reads one tree; answers false for one that makes no sense. */
  add(
    {
      number,
      address,
      size,
      changes,
      changeCount,
    }: Record<'number' | 'address' | 'size' | 'changes' | 'changeCount', number>,
    names: UniqueText,
    spare: number,
  ): boolean {
    const { wasm } = this.#core
    wasm.beginTree(address, size, number, changes, changeCount)
    for (let answer = wasm.collectTree(); answer !== 0; answer = wasm.collectTree()) {
      if (answer === 1) names.endBatch(spare)
      else if (answer === 2) this.#takeAll()
      else return false
    }
    const end = this.#taken + wasm.countLinks()
    if (end > (this.#ends.at(-1) ?? 0)) {
      this.#trees.push(number)
      this.#ends.push(end)
    }
    return true
  }

  /** The number of an object by its name, or -1. */
  numberOf(id: Uint8Array): number {
    this.#fill()
    this.#core.bytes.set(id.subarray(0, 12), this.#scratch)
    return this.#core.wasm.findObject(this.#scratch)
  }

  #takeAll(): void {
    const { wasm, words, bytes } = this.#core
    const count = wasm.countLinks()
    if (count > 0) this.#chunks.push(words.slice(this.#links / 4, this.#links / 4 + 2 * count))
    this.#taken += count
    wasm.clearLinks()
    for (let i = 0; i < wasm.countMissing(); i++) {
      const at = this.#missing + 32 * i
      this.#missed.add(Buffer.from(bytes.buffer, at, this.#idSize).toString('hex'))
    }
    wasm.clearMissing()
  }

  /** Names of objects that trees name and that do not exist. */
  missing(): string[] {
    this.#takeAll()
    return [...this.#missed]
  }

  links(): TreeLinks {
    this.#takeAll()
    const links = new Uint32Array(new SharedArrayBuffer(8 * this.#taken))
    let at = 0
    for (const chunk of this.#chunks.splice(0)) {
      links.set(chunk, at)
      at += chunk.length
    }
    return { trees: Uint32Array.from(this.#trees), ends: Uint32Array.from(this.#ends), links }
  }
}
