/** What is staged: entries of the index that are not the same in any parent of the commit to be made. */
import { type CacheTree, readCacheTree } from './cache-tree.ts'
import type { IndexView } from './index-view.ts'
import { hashBytes, type ObjectId } from './object-id.ts'
import type { ObjectReader } from './object-reader.ts'
import { readTree, type TreeEntry } from './read-tree.ts'
import type { Repository } from './repository.ts'

export interface StagedEntry {
  /** Path from the root of the work tree, as bytes. */
  path: Buffer
  mode: number
  id: ObjectId
}

type Folder = ReadonlyMap<string, TreeEntry>

const SUBMODULE = 0o160000
const FOLDER = 0o040000

/**
 * Folders that the index itself knows to be as in a parent's tree are not entered.
 * @param trees the parents' trees; none for a first commit
 * @returns undefined when only git can tell: a sparse index with a changed folder
 */
export function listStaged(
  index: IndexView,
  trees: readonly ObjectId[],
  repository: Pick<Repository, 'hash'>,
  objects: ObjectReader,
): StagedEntry[] | undefined {
  const hashSize = hashBytes[repository.hash]
  const found: StagedEntry[] = []
  const root = readCacheTree(index.extensions.get('TREE'), hashSize)
  if (root && trees.some(root.is)) return found
  return walk('', root, trees.map(readFolder), 0) === index.count ? found : undefined

  /** Goes through the entries below the folder `prefix`, of which `entry` is the first; answers with the one after them. */
  function walk(
    prefix: string,
    cache: CacheTree | undefined,
    folders: readonly Folder[],
    first: number,
  ): number | undefined {
    let entry = first
    while (entry < index.count) {
      const path = index.pathOf(entry)
      if (!path.startsWith(prefix)) break
      const slash = path.indexOf('/', prefix.length)
      const name = slash < 0 ? path.slice(prefix.length) : path.slice(prefix.length, slash)
      const known = folders.flatMap(folder => folder.get(name) ?? [])
      const next =
        slash < 0
          ? addFile(entry, known)
          : enter(entry, `${prefix}${name}/`, cache?.children.get(name), known)
      if (next === undefined) return undefined
      entry = next
    }
    return entry
  }

  function enter(
    entry: number,
    prefix: string,
    cache: CacheTree | undefined,
    known: readonly TreeEntry[],
  ): number | undefined {
    // A folder of a sparse index.
    if (index.modeOf(entry) === FOLDER)
      return known.some(({ id }) => id === index.idOf(entry)) ? entry + 1 : undefined
    const isKnown = cache !== undefined && cache.count > 0 && known.some(({ id }) => cache.is(id))
    if (isKnown) return entry + cache.count
    return walk(
      prefix,
      cache,
      known.filter(isFolder).map(({ id }) => readFolder(id)),
      entry,
    )
  }

  function addFile(entry: number, known: readonly TreeEntry[]): number {
    const [id, mode] = [index.idOf(entry), index.modeOf(entry)]
    if (mode !== SUBMODULE && !index.isIntentToAdd(entry) && !known.some(other => other.id === id))
      found.push({ path: Buffer.from(index.pathOf(entry), 'latin1'), mode, id })
    return entry + 1
  }

  function readFolder(id: ObjectId): Folder {
    const object = objects.read(id)
    if (object.type !== 'tree' || !('bytes' in object)) return new Map()
    return new Map(readTree(object.bytes, hashSize).map(entry => [entry.name, entry]))
  }
}

function isFolder({ mode }: TreeEntry): boolean {
  return mode === FOLDER
}
