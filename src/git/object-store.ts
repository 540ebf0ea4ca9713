import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { applyDelta } from './apply-delta.ts'
import { ByteCache } from './byte-cache.ts'
import {
  CorruptObjectError,
  type GitObject,
  MAX_OBJECT,
  MissingObjectError,
  type ObjectType,
  packTypes,
} from './git-object.ts'
import { listLooseObjects, readLooseObject } from './loose-objects.ts'
import type { ObjectId } from './object-id.ts'
import { ObjectsFromGit } from './objects-from-git.ts'
import { Pack } from './pack.ts'
import { OFS_DELTA, REF_DELTA } from './pack-entry.ts'
import { findInPack } from './pack-index.ts'
import type { Repository } from './repository.ts'

export interface DamagedFile {
  path: string
  message: string
}

/** Stands for the directory of objects that only git can read. */
export const BY_GIT = ''
/** Bytes of resolved objects that are kept, because the next delta may well be based on one of them. */
const CACHE = 16 * 1024 * 1024
/** So often packs may be replaced while they are opened. */
const ATTEMPTS = 20

/** All objects of a repository and its alternates, packed and loose. Nothing is fetched. */
export class ObjectStore {
  readonly repository: Repository
  /** Packs that cannot be read. */
  readonly damaged: DamagedFile[] = []
  readonly #packs: Pack[] = []
  readonly #cache = new ByteCache<GitObject>(CACHE)
  #git: ObjectsFromGit | undefined

  /** @param packs those that another thread has opened */
  constructor(repository: Repository, packs?: readonly Pack[]) {
    this.repository = repository
    if (packs) this.#packs.push(...packs)
    else this.#openPacks()
  }

  get packs(): readonly Pack[] {
    return this.#packs
  }

  /** Packs without an index, which git cannot read either; one that is just being made has none yet. */
  listUnindexed(): string[] {
    return this.repository.objectDirs.flatMap(directory => {
      const names = listPackNames(directory)
      return [...names]
        .filter(name => name.endsWith('.pack') && !hasIndex(name, names))
        .map(name => join(directory, 'pack', name))
    })
  }

  close(): void {
    for (const pack of this.#packs) pack.close()
  }

  /** Names of loose objects with the directory that they lie in, and of all objects where git has to be asked. */
  listLoose(): { objectDir: string; ids: ObjectId[] }[] {
    const { objectDirs, hash } = this.repository
    const loose = objectDirs.map(objectDir => ({ objectDir, ids: listLooseObjects(objectDir, hash) }))
    return this.#needsGit ? [...loose, { objectDir: BY_GIT, ids: [...this.#askGit().list()] }] : loose
  }

  /** What git has to be asked for and cannot tell; undefined where all is well. */
  get gitProblem(): string | undefined {
    return this.#needsGit ? this.#askGit().problem : undefined
  }

  /** An object that `listLoose` names under `BY_GIT`; undefined where git cannot read it, or it is larger than `limit`. */
  readByGit(id: ObjectId, limit: number): GitObject | undefined {
    return this.#askGit().read(id, limit)
  }

  get #needsGit(): boolean {
    return this.repository.unknownExtensions.length > 0 || this.damaged.length > 0
  }

  #askGit(): ObjectsFromGit {
    this.#git ??= new ObjectsFromGit(this.repository)
    return this.#git
  }

  /** Opens packs that came since then. */
  refresh(): void {
    this.#openPacks()
  }

  /** The first pack that holds the object, and its number there. */
  find(id: Uint8Array): { pack: Pack; number: number } | undefined {
    for (const pack of this.#packs) {
      const number = findInPack(pack.index, id)
      if (number >= 0) return { pack, number }
    }
    return undefined
  }

  /**
   * @throws MissingObjectError when the store does not have it
   * @throws CorruptObjectError when it cannot be made sense of, or is too large for a buffer
   */
  read(id: ObjectId): GitObject {
    const problems: CorruptObjectError[] = []
    const attempt = (read: () => GitObject | undefined) => {
      try {
        return read()
      } catch (error) {
        // There may be another copy.
        if (!(error instanceof CorruptObjectError)) throw error
        problems.push(error)
        return undefined
      }
    }
    const object =
      this.#readPacked(id, attempt) ??
      attempt(() => this.#readLoose(id)) ??
      // A garbage collection may just have moved loose objects, or packs, into a new pack.
      (this.#openPacks() ? this.#readPacked(id, attempt) : undefined) ??
      (this.#needsGit || this.#git ? this.readByGit(id, MAX_OBJECT) : undefined)
    if (object) return object
    throw problems[0] ?? new MissingObjectError(id)
  }

  /** The same, undefined where the store does not have it. @throws CorruptObjectError */
  readIfThere(id: ObjectId): GitObject | undefined {
    try {
      return this.read(id)
    } catch (error) {
      if (error instanceof MissingObjectError) return undefined
      throw error
    }
  }

  /** The first copy that can be read. */
  #readPacked(
    id: ObjectId,
    attempt: (read: () => GitObject | undefined) => GitObject | undefined,
  ): GitObject | undefined {
    const name = Buffer.from(id, 'hex')
    for (const pack of this.#packs) {
      const number = findInPack(pack.index, name)
      const object = number < 0 ? undefined : attempt(() => this.readEntry(pack, pack.index.offsets[number]!))
      if (object) return object
    }
    return undefined
  }

  #readLoose(id: ObjectId): GitObject | undefined {
    for (const objectDir of this.repository.objectDirs) {
      const object = readLooseObject(objectDir, id, MAX_OBJECT)
      if (object && !('bytes' in object)) throw new CorruptObjectError(`object ${id} is too large`)
      if (object) return object
    }
    return undefined
  }

  /** The object whose entry begins at `offset`: from its base, delta by delta. Throws as `read` does. */
  readEntry(pack: Pack, offset: number): GitObject {
    const deltas: { key: string; data: Buffer }[] = []
    const seen = new Set<string>()
    let at: { pack: Pack; offset: number } = { pack, offset }
    for (;;) {
      const key = `${at.pack.path}:${at.offset}`
      if (seen.has(key)) throw new CorruptObjectError(`${pack.path}: deltas in a circle at ${offset}`)
      seen.add(key)
      const known = this.#cache.get(key)
      if (known) return this.#applyAll(known, deltas)
      const header = at.pack.readHeader(at.offset)
      const data = at.pack.readData(at.offset, header)
      if (header.type === OFS_DELTA) {
        deltas.push({ key, data })
        at = { pack: at.pack, offset: at.offset - header.distance }
      } else if (header.type === REF_DELTA && header.base) {
        deltas.push({ key, data })
        const base = this.#findBase(at.pack, header.base)
        if (!base) return this.#applyAll(this.#readBase(header.base), deltas)
        at = base
      } else {
        const object = { type: typeOf(header.type), bytes: data }
        this.#cache.set(key, object, data.length)
        return this.#applyAll(object, deltas)
      }
    }
  }

  #applyAll(base: GitObject, deltas: readonly { key: string; data: Buffer }[]): GitObject {
    let object = base
    for (const { key, data } of deltas.toReversed()) {
      object = { type: base.type, bytes: applyDelta(object.bytes, data) }
      this.#cache.set(key, object, object.bytes.length)
    }
    return object
  }

  /** A base by name is nearly always in the same pack. */
  #findBase(pack: Pack, id: Uint8Array): { pack: Pack; offset: number } | undefined {
    const near = findInPack(pack.index, id)
    if (near >= 0) return { pack, offset: pack.index.offsets[near]! }
    const entry = this.find(id)
    return entry && { pack: entry.pack, offset: entry.pack.index.offsets[entry.number]! }
  }

  #readBase(id: Buffer): GitObject {
    const base = this.#readLoose(id.toString('hex'))
    if (!base) throw new MissingObjectError(id.toString('hex'))
    return base
  }

  /** Opens packs that are not open yet; answers whether there were any. */
  #openPacks(attempts = ATTEMPTS): boolean {
    const open = new Set([...this.#packs.map(({ path }) => path), ...this.damaged.map(({ path }) => path)])
    const paths = this.repository.objectDirs.flatMap(listPacks).filter(path => !open.has(path))
    let hasMoved = false
    for (const path of paths) {
      try {
        this.#packs.push(Pack.open(path, this.repository.hash))
      } catch (error) {
        // Removed since it was listed: what was in it is in another pack by now.
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
          hasMoved = true
          continue
        }
        this.damaged.push({ path, message: error instanceof Error ? error.message : String(error) })
      }
    }
    if (hasMoved && attempts > 1) this.#openPacks(attempts - 1)
    return paths.length > 0
  }
}

function typeOf(number: number): ObjectType {
  const type = packTypes[number]
  if (!type) throw new CorruptObjectError(`an entry of type ${number}`)
  return type
}

function listPacks(objectDir: string): string[] {
  const names = listPackNames(objectDir)
  return [...names]
    .filter(name => name.endsWith('.pack') && hasIndex(name, names))
    .sort()
    .map(name => join(objectDir, 'pack', name))
}

function hasIndex(pack: string, names: ReadonlySet<string>): boolean {
  return names.has(pack.replace(/\.pack$/, '.idx'))
}

function listPackNames(objectDir: string): Set<string> {
  try {
    return new Set(readdirSync(join(objectDir, 'pack')))
  } catch {
    // No packs yet.
    return new Set()
  }
}
