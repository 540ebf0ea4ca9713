import { type GitCore, SLACK } from './git-core.ts'
import { packTypes } from './git-object.ts'
import type { ObjectStore } from './object-store.ts'
import type { Pack } from './pack.ts'
import { compressedLimit, isPlausible } from './pack.ts'
import { PackWindow } from './pack-window.ts'
import { BASE_ELSEWHERE, type FamilyPlan, WHOLE } from './plan-families.ts'

/** An object in the core's memory, valid during the visit. */
export interface Visit {
  entry: number
  type: number
  address: number
  size: number
  /** The entry that it is a delta of, which was visited before; -1 for none. */
  base: number
  /** Where it differs from its base: pairs of start and end in `core.words`, from this address on. */
  changes: number
  /** How many pairs; -1 when there is no base to compare with. */
  changeCount: number
}

export interface Visitor {
  visit(visit: Visit): void
  /** An entry that cannot be read, and all that is based on it. */
  fail(entry: number, reason: 'corrupt-object' | 'missing-object' | 'too-large'): void
}

export interface WalkedPack {
  pack: Pack
  plan: FamilyPlan
}

/** Compressed data of one entry that is read at once at most; a larger entry is left to `fail`. */
const LARGEST_INPUT = 64 * 1024 * 1024
/** Of the memory that is left, this share is for deltas and their changes. */
const DELTA_SHARE = 1 / 4

interface Frame {
  entry: number
  address: number
  size: number
  /** The child that comes next, -1 for none. */
  child: number
}

/** Walks families from their roots: each object is inflated once, and lies in memory as long as deltas are based on it. */
export class FamilyWalker {
  readonly #core: GitCore
  readonly #store: ObjectStore
  readonly #window: PackWindow
  readonly #delta: number
  readonly #deltaEnd: number
  readonly #bottom: number
  readonly #end: number
  readonly #frames: Frame[] = []
  readonly #visit: Visit = { entry: 0, type: 0, address: 0, size: 0, base: -1, changes: 0, changeCount: -1 }

  /** Takes all memory that the core has left. */
  constructor(core: GitCore, store: ObjectStore) {
    this.#core = core
    this.#store = store
    const { start, end } = core.free
    this.#window = new PackWindow(core, Math.min(LARGEST_INPUT, Math.floor((end - start) / 8)))
    const left = core.free.end - core.free.start
    this.#delta = core.reserve(Math.floor(left * DELTA_SHARE))
    this.#deltaEnd = core.free.start - SLACK
    this.#bottom = core.free.start
    this.#end = core.free.end - SLACK
    core.free.start = core.free.end
  }

  /** Where memory is free outside of a walk, and within one beyond what `visit` was shown. */
  get spare(): number {
    return this.#top()
  }

  /**
   * Visits a root and all that is based on it, or where `wanted` is given, as much of it as is needed to visit those.
   * @param wanted entry → 1 for one to visit, 2 for one to go through
   */
  walk(walked: WalkedPack, root: number, visitor: Visitor, wanted?: Uint8Array): void {
    const { plan } = walked
    const frames = this.#frames
    frames.length = 0
    if (!this.#enter(walked, root, undefined, visitor, wanted)) return
    while (frames.length) {
      const frame = frames[frames.length - 1]!
      const { child } = frame
      if (child < 0) {
        frames.pop()
        continue
      }
      frame.child = plan.nextSibling[child]!
      if (wanted?.[child] !== 0) this.#enter(walked, child, frame, visitor, wanted)
    }
  }

  /** Reads and visits one entry; answers whether its children can be entered. */
  #enter(
    walked: WalkedPack,
    entry: number,
    base: Frame | undefined,
    visitor: Visitor,
    wanted: Uint8Array | undefined,
  ): boolean {
    const { plan } = walked
    const visit = this.#visit
    try {
      if (base) this.#readDelta(walked, entry, base)
      else this.#readRoot(walked, entry)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      this.#failAll(walked, entry, visitor, error.reason)
      return false
    }
    visit.entry = entry
    if (plan.types[entry]) visit.type = plan.types[entry]
    visit.base = base ? base.entry : -1
    const child = plan.firstChild[entry]!
    this.#frames.push({ entry, address: visit.address, size: visit.size, child })
    if (!wanted || wanted[entry] === 1) visitor.visit(visit)
    if (child < 0) this.#frames.pop()
    return true
  }

  #readRoot(walked: WalkedPack, entry: number): void {
    const { plan } = walked
    const visit = this.#visit
    visit.changeCount = -1
    if (plan.parents[entry] === BASE_ELSEWHERE) {
      this.#readElsewhere(walked, entry)
      return
    }
    const size = plan.sizes[entry]!
    const address = this.#makeRoom(size)
    this.#inflate(walked, entry, address)
    visit.address = address
    visit.size = size
  }

  /** A delta on an object of another pack: thin packs are completed, so this is rare. */
  #readElsewhere({ pack, plan }: WalkedPack, entry: number): void {
    const visit = this.#visit
    let object: ReturnType<ObjectStore['readEntry']>
    try {
      object = this.#store.readEntry(pack, plan.starts[entry]!)
    } catch (error) {
      const isMissing = error instanceof Error && error.name === 'MissingObjectError'
      throw new Unreadable(isMissing ? 'missing-object' : 'corrupt-object')
    }
    visit.address = this.#makeRoom(object.bytes.length)
    visit.size = object.bytes.length
    visit.type = Number(Object.keys(packTypes).find(number => packTypes[Number(number)] === object.type))
    this.#core.bytes.set(object.bytes, visit.address)
  }

  #readDelta(walked: WalkedPack, entry: number, base: Frame): void {
    const { wasm } = this.#core
    const visit = this.#visit
    const size = walked.plan.sizes[entry]!
    const delta = this.#delta
    const changes = Math.ceil((delta + size + SLACK) / 8) * 8
    // At most one change for each byte of the instructions.
    if (changes + 8 * size > this.#deltaEnd) throw new Unreadable('too-large')
    this.#inflate(walked, entry, delta)
    const resultSize = wasm.resultSize(delta, delta + size, base.size) >>> 0
    if (resultSize === 0xffffffff) throw new Unreadable('corrupt-object')
    const address = this.#makeRoom(resultSize)
    const count = wasm.applyDelta(delta + size, base.address, base.size, address, resultSize, changes)
    if (count < 0) throw new Unreadable('corrupt-object')
    visit.address = address
    visit.size = resultSize
    visit.changes = changes
    visit.changeCount = count
  }

  #inflate({ pack, plan }: WalkedPack, entry: number, to: number): void {
    const start = plan.starts[entry]! + plan.headers[entry]!
    const size = plan.sizes[entry]!
    const available = plan.starts[entry + 1]! - start
    // Entries lie side by side; more than this between two is a gap, or an entry that the index does not name.
    const length = Math.min(available, 2 * compressedLimit(size))
    if (!(length > 0) || !isPlausible(length, size)) throw new Unreadable('corrupt-object')
    if (length > this.#window.largest) throw new Unreadable('too-large')
    const from = this.#window.show(pack, start, length)
    if (from === undefined || this.#core.wasm.inflate(from, from + length, to, size) < 0)
      throw new Unreadable('corrupt-object')
  }

  #top(): number {
    const top = this.#frames[this.#frames.length - 1]
    return top ? Math.ceil((top.address + top.size + SLACK) / 16) * 16 : this.#bottom
  }

  /** Room for an object above the others; where it is short, objects that nothing more is based on make place. */
  #makeRoom(size: number): number {
    if (this.#top() + size > this.#end) this.#compact()
    const address = this.#top()
    if (address + size > this.#end) throw new Unreadable('too-large')
    return address
  }

  #compact(): void {
    let at = this.#bottom
    const last = this.#frames.length - 1
    for (const [depth, frame] of this.#frames.entries()) {
      const isNeeded = depth === last || frame.child >= 0
      const size = isNeeded ? frame.size : 0
      this.#core.bytes.copyWithin(at, frame.address, frame.address + size)
      frame.address = at
      frame.size = size
      at = Math.ceil((at + size + SLACK) / 16) * 16
    }
  }

  /** Without an object there is none of those based on it. */
  #failAll({ plan }: WalkedPack, entry: number, visitor: Visitor, reason: Unreadable['reason']): void {
    const open = [entry]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      visitor.fail(at, reason)
      for (let child = plan.firstChild[at]!; child >= 0; child = plan.nextSibling[child]!) open.push(child)
    }
  }
}

class Unreadable extends Error {
  readonly reason: 'corrupt-object' | 'missing-object' | 'too-large'

  constructor(reason: 'corrupt-object' | 'missing-object' | 'too-large') {
    super(reason)
    this.reason = reason
  }
}

export function isRoot({ parents, headers }: FamilyPlan, entry: number): boolean {
  return headers[entry] !== 0 && (parents[entry] === WHOLE || parents[entry] === BASE_ELSEWHERE)
}
