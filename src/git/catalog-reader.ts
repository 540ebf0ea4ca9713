import type { Catalog, CataloguedPack } from './catalog.ts'
import { FamilyWalker } from './family-walker.ts'
import { type GitCore, SLACK } from './git-core.ts'
import { CorruptObjectError, MissingObjectError, type ObjectType, packTypes } from './git-object.ts'
import { readLooseObject } from './loose-objects.ts'
import type { ObjectId } from './object-id.ts'
import { BY_GIT, type ObjectStore } from './object-store.ts'
import { LOOSE_PER_JOB, type ReadJobs } from './plan-jobs.ts'
import { VISIT } from './select-objects.ts'

/** An object in the core's memory, valid during the visit. */
export interface ReadObject {
  /** As the catalogue counts. */
  number: number
  type: ObjectType
  address: number
  size: number
  /** The object that it is a delta of, which was visited before; -1 for none. */
  base: number
  /** Where it differs from its base, as of `Visit`; a count of -1 when there is no base to compare with. */
  changes: number
  changeCount: number
}

export type ReadProblem = 'corrupt-object' | 'missing-object' | 'too-large'

export interface ObjectVisitor {
  visit(object: ReadObject): void
  fail(number: number, reason: ReadProblem): void
}

/** Reads the objects of a catalogue, job by job. */
export class CatalogReader {
  readonly #core: GitCore
  readonly #catalog: Catalog
  readonly #walker: FamilyWalker
  readonly #store: ObjectStore
  #looseEnd = 0
  readonly #object: ReadObject = {
    number: 0,
    type: 'blob',
    address: 0,
    size: 0,
    base: -1,
    changes: 0,
    changeCount: -1,
  }

  /** Takes all memory that the core has left. */
  constructor(core: GitCore, catalog: Catalog, store: ObjectStore) {
    this.#core = core
    this.#catalog = catalog
    this.#store = store
    this.#walker = new FamilyWalker(core, store)
  }

  /** Where memory is free, also during a visit. */
  get spare(): number {
    return Math.max(this.#walker.spare, this.#looseEnd)
  }

  /**
   * Visits the objects of a job.
   * @param wanted number → 1 for an object to visit, 2 for one to go through, 0 for one that nobody needs
   */
  read(jobs: ReadJobs, job: number, visitor: ObjectVisitor, wanted?: Uint8Array): void {
    const packed = jobs.starts.length - 1
    if (job >= packed) this.#readLoose((job - packed) * LOOSE_PER_JOB, visitor, wanted)
    else this.#readFamilies(jobs, job, visitor, wanted)
  }

  #readFamilies({ roots, starts }: ReadJobs, job: number, visitor: ObjectVisitor, wanted?: Uint8Array): void {
    const from = starts[job]!
    const pack = this.#packOf(roots[from]!)
    const { first, plan } = pack
    const object = this.#object
    const ownWanted = wanted?.subarray(first, first + plan.count)
    const entryVisitor = {
      visit: (visit: { entry: number; type: number; base: number } & Omit<ReadObject, 'number' | 'type'>) => {
        object.number = first + visit.entry
        object.type = packTypes[visit.type]!
        object.address = visit.address
        object.size = visit.size
        object.base = visit.base < 0 ? -1 : first + visit.base
        object.changes = visit.changes
        object.changeCount = visit.changeCount
        visitor.visit(object)
      },
      fail: (entry: number, reason: ReadProblem) => {
        if (ownWanted && ownWanted[entry] !== VISIT) return
        if (reason === 'too-large') visitor.fail(first + entry, reason)
        else this.#readCopy(first + entry, visitor)
      },
    }
    for (let i = from; i < starts[job + 1]!; i++) {
      const root = roots[i]! - first
      if (ownWanted?.[root] !== 0) this.#walker.walk(pack, root, entryVisitor, ownWanted)
    }
  }

  #packOf(number: number): CataloguedPack {
    const pack = this.#catalog.packs.findLast(({ first }) => first <= number)
    if (!pack) throw new Error(`object ${number} is in no pack`)
    return pack
  }

  #readLoose(from: number, visitor: ObjectVisitor, wanted?: Uint8Array): void {
    let skipped = 0
    for (const { objectDir, ids, first } of this.#catalog.loose) {
      for (let i = Math.max(0, from - skipped); i < ids.length && i + skipped < from + LOOSE_PER_JOB; i++) {
        if (wanted?.[first + i] !== 0) this.#readLooseObject(objectDir, ids[i]!, first + i, visitor)
      }
      skipped += ids.length
    }
  }

  #readLooseObject(objectDir: string, id: ObjectId, number: number, visitor: ObjectVisitor): void {
    this.#readAlone(id, number, visitor, room => {
      if (objectDir === BY_GIT) return this.#store.readByGit(id, room)
      // What is no longer there has been packed meanwhile.
      return readLooseObject(objectDir, id, room) ?? this.#store.read(id)
    })
  }

  /** Another copy of what cannot be read where it was looked for. */
  #readCopy(number: number, visitor: ObjectVisitor): void {
    const id = this.#catalog.idOf(number)
    this.#readAlone(id, number, visitor, () => this.#store.read(id))
  }

  #readAlone(
    id: ObjectId,
    number: number,
    visitor: ObjectVisitor,
    read: (room: number) => ReturnType<typeof readLooseObject>,
  ): void {
    const address = this.#walker.spare
    const room = this.#core.bytes.length - address - SLACK
    try {
      const found = read(room)
      if (!found) throw new CorruptObjectError(`git cannot read ${id}`)
      if (!('bytes' in found) || found.bytes.length > room) visitor.fail(number, 'too-large')
      else {
        const { type, bytes } = found
        this.#core.bytes.set(bytes, address)
        this.#looseEnd = address + bytes.length + SLACK
        Object.assign(this.#object, { number, type, address, size: bytes.length, base: -1, changeCount: -1 })
        visitor.visit(this.#object)
      }
    } catch (error) {
      if (error instanceof CorruptObjectError) visitor.fail(number, 'corrupt-object')
      else if (error instanceof MissingObjectError) visitor.fail(number, 'missing-object')
      else throw error
    } finally {
      this.#looseEnd = 0
    }
  }
}
