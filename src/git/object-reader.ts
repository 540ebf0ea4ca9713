import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { applyDelta } from './apply-delta.ts'
import { CorruptObjectError, type GitObject, MissingObjectError, packTypes } from './git-object.ts'
import { readLooseObject } from './loose-objects.ts'
import { type HashName, hashBytes, type ObjectId } from './object-id.ts'
import { compressedLimit, inflateExactly, isPlausible } from './pack.ts'
import { MAX_HEADER, OFS_DELTA, REF_DELTA, readEntryHeader } from './pack-entry.ts'
import { findInPack, readPackIndex } from './pack-index.ts'
import type { Repository } from './repository.ts'
import { PackIndexSearch } from './search-pack-index.ts'

interface OpenPack {
  index: Pick<PackIndexSearch, 'findOffset' | 'close'>
  file: number
  size: number
  path: string
}

/** Reads a few objects by name, packed or loose, quickly: nothing is loaded but what they need. */
export class ObjectReader {
  readonly #repository: Pick<Repository, 'hash' | 'objectDirs'>
  #packs: OpenPack[] | undefined

  constructor(repository: Pick<Repository, 'hash' | 'objectDirs'>) {
    this.#repository = repository
  }

  /**
   * @param limit most bytes of a loose object; a larger one is given without its bytes
   * @throws MissingObjectError, CorruptObjectError
   */
  read(
    id: ObjectId,
    limit = Number.POSITIVE_INFINITY,
  ): GitObject | { type: GitObject['type']; size: number } {
    for (const objectDir of this.#repository.objectDirs) {
      // Asked first, because Node takes its time to make an error of a file that is not there.
      if (!existsSync(join(objectDir, id.slice(0, 2), id.slice(2)))) continue
      const object = readLooseObject(objectDir, id, limit)
      if (object) return object
    }
    const found = this.#find(Buffer.from(id, 'hex'))
    if (!found) throw new MissingObjectError(id)
    return this.#readEntry(found.pack, found.offset, limit)
  }

  /** Whether the store has the object, readable or not. */
  has(id: ObjectId): boolean {
    const isLoose = this.#repository.objectDirs.some(directory =>
      existsSync(join(directory, id.slice(0, 2), id.slice(2))),
    )
    return isLoose || this.#find(Buffer.from(id, 'hex')) !== undefined
  }

  close(): void {
    for (const { index, file } of this.#packs ?? []) {
      index.close()
      closeSync(file)
    }
    this.#packs = undefined
  }

  #find(id: Buffer): { pack: OpenPack; offset: number } | undefined {
    this.#packs ??= openPacks(this.#repository.objectDirs, this.#repository.hash)
    for (const pack of this.#packs) {
      const offset = pack.index.findOffset(id)
      if (offset !== undefined) return { pack, offset }
    }
    return undefined
  }

  #readEntry(pack: OpenPack, offset: number, limit: number): ReturnType<ObjectReader['read']> {
    const deltas: Buffer[] = []
    let at = { pack, offset }
    for (const seen = new Set<string>(); ; ) {
      const key = `${at.pack.path}:${at.offset}`
      if (seen.has(key)) throw new CorruptObjectError(`${pack.path}: deltas in a circle at ${offset}`)
      seen.add(key)
      const { header, head } = this.#readHeader(at.pack, at.offset)
      if (header.type !== OFS_DELTA && header.type !== REF_DELTA) {
        const type = packTypes[header.type]
        if (!type) throw new CorruptObjectError(`${at.pack.path}: an entry of type ${header.type}`)
        if (header.size > limit) return { type, size: header.size }
        const base = readData(at.pack, at.offset + header.length, header.size)
        return { type, bytes: deltas.reduceRight((bytes, delta) => applyDelta(bytes, delta), base) }
      }
      deltas.push(readData(at.pack, at.offset + header.length, header.size))
      at =
        header.type === OFS_DELTA
          ? { pack: at.pack, offset: at.offset - header.distance }
          : this.#findBase(at.pack, head.subarray(header.baseAt, header.baseAt + this.#hashSize))
    }
  }

  get #hashSize(): number {
    return hashBytes[this.#repository.hash]
  }

  #readHeader(pack: OpenPack, offset: number) {
    const head = readAt(pack, offset, MAX_HEADER)
    const header = readEntryHeader(head, 0, head.length, this.#hashSize)
    if (!header) throw new CorruptObjectError(`${pack.path}: a damaged entry at ${offset}`)
    return { header, head }
  }

  #findBase(pack: OpenPack, id: Buffer): { pack: OpenPack; offset: number } {
    const near = pack.index.findOffset(id)
    const found = near === undefined ? this.#find(id) : { pack, offset: near }
    if (!found) throw new MissingObjectError(id.toString('hex'))
    return found
  }
}

function openPacks(objectDirs: readonly string[], hash: HashName): OpenPack[] {
  return objectDirs.flatMap(listPacks).map(path => {
    const index = openIndex(path.replace(/\.pack$/, '.idx'), hash)
    const file = openSync(path, 'r')
    return { index, file, size: fstatSync(file).size, path }
  })
}

/** An index that cannot be searched in place is read whole. */
function openIndex(path: string, hash: HashName): OpenPack['index'] {
  try {
    return new PackIndexSearch(path, hash)
  } catch (error) {
    if (!(error instanceof CorruptObjectError)) throw error
  }
  const index = readPackIndex(path, hash)
  return {
    findOffset: id => {
      const number = findInPack(index, id)
      return number < 0 ? undefined : index.offsets[number]
    },
    close: () => {},
  }
}

function listPacks(objectDir: string): string[] {
  const directory = join(objectDir, 'pack')
  try {
    const names = new Set(readdirSync(directory))
    return [...names]
      .filter(name => name.endsWith('.pack') && names.has(name.replace(/\.pack$/, '.idx')))
      .sort()
      .map(name => join(directory, name))
  } catch {
    // No packs yet.
    return []
  }
}

function readData(pack: OpenPack, position: number, size: number): Buffer {
  const name = `${pack.path}: the data at ${position}`
  const likely = readAt(pack, position, compressedLimit(size))
  if (!isPlausible(likely.length, size)) throw new CorruptObjectError(`${name} is damaged`)
  try {
    return inflateExactly(likely, size, name)
  } catch {
    // A poor packer may need more than is usual.
    return inflateExactly(readAt(pack, position, 4 * compressedLimit(size) + 65_536), size, name)
  }
}

function readAt(pack: OpenPack, position: number, length: number): Buffer {
  const target = Buffer.allocUnsafe(Math.max(0, Math.min(length, pack.size - position)))
  let filled = 0
  while (filled < target.length) {
    const count = readSync(pack.file, target, filled, target.length - filled, position + filled)
    if (count === 0) break
    filled += count
  }
  return target.subarray(0, filled)
}
