import { type GitCore, SLACK } from './git-core.ts'

/** A text in the core's memory. Without `changeCount`, or where it is below 0, all of it is taken. */
export interface VersionText {
  /** What the text is called in the list of holders. */
  number: number
  address: number
  size: number
  changes?: number
  changeCount?: number
}

/**
 * What a find depends on: `near` on what is in `NEAR` bytes around it, `far` on more. An `opening` is none yet: it
 * depends on whether a token stands in one of the next two lines.
 */
export type Reach = 'near' | 'far' | 'opening'
/** As in assembly/unit-table.ts. */
const reaches = { opening: 0, far: 1, near: 2 } as const

/** Places in a batch (start, end) where something was found. */
export type Finds = Iterable<readonly [start: number, end: number, reach: Reach]>

/** Searches a batch, or has it searched. */
export interface BatchSearch {
  /** The batch stays as it is until `finish`, and the next one begins after that. */
  begin(batch: Uint8Array): void
  finish(): Finds
  /** Another thread searches meanwhile, so that `finish` had better come late. */
  isElsewhere: boolean
}

export function searchHere(search: (batch: Uint8Array) => Finds): BatchSearch {
  let open: Uint8Array = new Uint8Array(0)
  return {
    isElsewhere: false,
    begin(batch) {
      open = batch
    },
    finish: () => search(open),
  }
}

const BATCH = 128 * 1024
/** Behind the batch's limit: nothing is written there, as the core leaves room before it. */
const UNITS = 48 * 1024
const PENDING = 48 * 1024
const HOLDERS = 256 * 1024
/** One place marks a batch's units at most. */
const MARKS = 2 * UNITS
const FIRST_SLOTS = 128 * 1024
/** As in assembly/unit-table.ts. */
const RECENT_BYTES = (16384 + 32768) * 8
/** The table is filled up to this share. */
const FULL = 0.7

/**
 * Has every piece of text searched once, and tells which texts hold one in which something was found. Of texts that
 * come with changes only what is around them is looked at: the rest is for whoever knows what they were made of.
 */
export class UniqueText {
  readonly #core: GitCore
  readonly #search: BatchSearch
  readonly #holders: number
  readonly #marks: number
  readonly #mostSlots: number
  #slots = FIRST_SLOTS
  /** Bytes of the batch that is being searched. */
  #closed: number | undefined
  readonly #table: number
  readonly #recent: number
  readonly #found: Uint32Array[] = []
  readonly #marked: BigUint64Array[] = []
  /** Bytes that were searched. */
  searched = 0

  /** @param key a random number: it decides which texts are taken for the same by accident, so nobody may foresee it */
  constructor(core: GitCore, key: bigint, search: BatchSearch) {
    const { wasm } = core
    this.#core = core
    this.#search = search
    wasm.setBatch(core.reserve(2 * (BATCH + SLACK)), BATCH, SLACK, core.reserve(2 * UNITS * 12), UNITS)
    const pending = core.reserve(2 * PENDING * 8)
    this.#holders = core.reserve(HOLDERS * 4)
    this.#marks = core.reserve(MARKS * 8)
    wasm.setLists(pending, PENDING, this.#holders, HOLDERS, this.#marks)
    this.#mostSlots = 2 ** Math.floor(Math.log2((core.free.end - core.free.start) / 6 / 8))
    this.#recent = core.reserve(RECENT_BYTES)
    this.#table = core.reserve(this.#mostSlots * 8)
    wasm.setKey(key)
    wasm.setTable(this.#table, FIRST_SLOTS, this.#recent)
  }

  /** @param spare where memory is free */
  add({ address, size, number, changes = 0, changeCount = -1 }: VersionText, spare: number): void {
    const { wasm } = this.#core
    wasm.beginText(address, size, number, changes, changeCount)
    while (wasm.collect() !== 0) this.endBatch(spare)
  }

  /** Has what is in the batch searched; `settle` waits for what comes of it. */
  endBatch(spare: number): void {
    const { wasm, bytes } = this.#core
    this.#takeFinds()
    const length = wasm.batchLength()
    const address = wasm.closeBatch()
    this.searched += length
    this.#closed = length
    if (length > 0) this.#search.begin(bytes.subarray(address, address + length))
    const isTight = wasm.usedSlots() + UNITS > this.#slots * FULL
    if (isTight || !this.#search.isElsewhere) this.#takeFinds()
    if (isTight) this.#grow(spare)
  }

  /** Ends the last batch. To be called before anything is taken. */
  settle(spare: number): void {
    this.endBatch(spare)
    this.#takeFinds()
  }

  /** Marks what was found in the batch that is being searched. */
  #takeFinds(): void {
    if (this.#closed === undefined) return
    const { wasm, words } = this.#core
    for (const [start, end, reach] of this.#closed > 0 ? this.#search.finish() : []) {
      wasm.markUnits(start, end, reaches[reach])
      if (wasm.countMarks() > MARKS - UNITS) this.#drainMarks()
    }
    this.#drainMarks()
    wasm.endBatch()
    const count = wasm.countHolders()
    if (count > 0) this.#found.push(words.slice(this.#holders / 4, this.#holders / 4 + count))
    wasm.clearHolders()
    this.#closed = undefined
  }

  /** Numbers of the texts that hold something, in no order, some of them more than once; then begins a new list. */
  takeHolders(): Uint32Array {
    const all = new Uint32Array(this.#found.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of this.#found.splice(0)) {
      all.set(part, at)
      at += part.length
    }
    return all
  }

  /** The units in which something was found, for `MarkTrace`; then begins a new list. */
  takeMarks(): BigUint64Array {
    const all = new BigUint64Array(this.#marked.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of this.#marked.splice(0)) {
      all.set(part, at)
      at += part.length
    }
    return all
  }

  #drainMarks(): void {
    const { wasm, bytes } = this.#core
    const count = wasm.countMarks()
    if (count > 0) this.#marked.push(new BigUint64Array(bytes.buffer, this.#marks, count).slice())
    wasm.clearMarks()
  }

  /** Where there is no room for a larger table, all is forgotten, and what comes again is searched again. */
  #grow(spare: number): void {
    const { wasm, bytes } = this.#core
    const hasRoom = spare + this.#slots * 8 + SLACK <= bytes.length
    if (this.#slots < this.#mostSlots && hasRoom) {
      wasm.growTable(spare)
      this.#slots *= 2
    } else {
      wasm.setTable(this.#table, this.#slots, this.#recent)
    }
  }
}
