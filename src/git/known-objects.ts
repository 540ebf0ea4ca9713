import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalog } from './catalog.ts'
import { findName } from './find-name.ts'
import { listLooseObjects } from './loose-objects.ts'
import { hashBytes, type ObjectId } from './object-id.ts'
import { idInPack, readPackIndex } from './pack-index.ts'
import type { Repository } from './repository.ts'

/** Names of objects in ascending order, side by side: those of one pack, or of one directory's loose objects. */
export interface KnownPart {
  /** Of a pack: the checksums of it and of its index, in hex; of loose objects the empty string. */
  pack: string
  names: Buffer
}

/** The objects that a scan has read. */
export class KnownObjects {
  readonly #parts: readonly KnownPart[]
  readonly #size: number

  constructor(parts: readonly KnownPart[], nameSize: number) {
    this.#parts = parts
    this.#size = nameSize
  }

  has(id: Uint8Array): boolean {
    return this.#parts.some(({ names }) => findName(names, id, this.#size) !== undefined)
  }
}

/** All objects of a catalogue. */
export function listKnownParts({ packs, loose }: Catalog): KnownPart[] {
  const packed = packs.map(({ pack: { index } }) => {
    const { count, hashSize, idStart, idStride, bytes } = index
    const isDense = idStride === hashSize
    const names = isDense
      ? Buffer.from(bytes.buffer, bytes.byteOffset + idStart, count * hashSize)
      : Buffer.concat(Array.from({ length: count }, (_, number) => idInPack(index, number)))
    // The file may be gone by now.
    return { pack: Buffer.from(bytes.subarray(-2 * hashSize)).toString('hex'), names }
  })
  return [...packed, ...loose.map(({ ids }) => ({ pack: '', names: Buffer.from(ids.join(''), 'hex') }))]
}

/**
 * Whether a repository has an object that is not known, packs or loose.
 * @param knownPacks checksums of packs that are known whole, however their files are called
 */
export function hasNewObjects(
  { objectDirs, hash, unknownExtensions }: Repository,
  knownPacks: ReadonlySet<string>,
  known: () => Pick<KnownObjects, 'has'>,
): boolean {
  // Where objects are kept in another way we have to look at all of them.
  if (unknownExtensions.length > 0) return true
  const isNew = (id: ObjectId) => !known().has(Buffer.from(id, 'hex'))
  // A garbage collection moves loose objects into packs: in this order none is overlooked.
  return objectDirs.some(directory => {
    const loose = listLooseObjects(directory, hash)
    return listIndexes(directory).some(hasNewEntry) || loose.some(isNew)
  })

  function hasNewEntry(path: string): boolean {
    try {
      if (knownPacks.has(readChecksums(path, hashBytes[hash]))) return false
      const index = readPackIndex(path, hash)
      for (let number = 0; number < index.count; number++)
        if (!known().has(idInPack(index, number))) return true
      return false
    } catch {
      // Damaged, or replaced at this moment: whoever reads all objects finds out.
      return true
    }
  }
}

function listIndexes(objectDir: string): string[] {
  const folder = join(objectDir, 'pack')
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.idx'))
      .map(name => join(folder, name))
  } catch {
    // No packs yet.
    return []
  }
}

/** What an index ends with: checksums of the pack and of itself (https://git-scm.com/docs/pack-format). */
function readChecksums(path: string, hashSize: number): string {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const bytes = Buffer.alloc(2 * hashSize)
    const count = readSync(file, bytes, 0, bytes.length, Math.max(0, size - bytes.length))
    return bytes.toString('hex', 0, count)
  } finally {
    closeSync(file)
  }
}
