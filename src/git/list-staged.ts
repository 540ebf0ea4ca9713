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
  if (root?.id !== undefined && trees.includes(root.id)) return found
  return walk('', root, trees.map(readFolder), 0, index.count) ? found : undefined

  /** Entries `from` to `to` are those below the folder `prefix`. */
  function walk(
    prefix: string,
    cache: CacheTree | undefined,
    folders: readonly Folder[],
    from: number,
    to: number,
  ): boolean {
    for (let entry = from; entry < to; ) {
      const rest = index.pathOf(entry).slice(prefix.length)
      const slash = rest.indexOf('/')
      const name = slash < 0 ? rest : rest.slice(0, slash)
      const known = folders.flatMap(folder => folder.get(name) ?? [])
      if (slash < 0) {
        addFile(entry, known)
        entry++
      } else if (index.modeOf(entry) === FOLDER) {
        if (!known.some(({ id }) => id === index.idOf(entry))) return false
        entry++
      } else {
        const child = cache?.children.get(name)
        const inner = `${prefix}${name}/`
        const end = child && child.count > 0 ? entry + child.count : endOf(inner, entry, to)
        const isKnown = child?.id !== undefined && known.some(({ id }) => id === child.id)
        if (
          !isKnown &&
          !walk(
            inner,
            child,
            known.filter(isFolder).map(({ id }) => readFolder(id)),
            entry,
            end,
          )
        )
          return false
        entry = end
      }
    }
    return true
  }

  function addFile(entry: number, known: readonly TreeEntry[]): void {
    const [id, mode] = [index.idOf(entry), index.modeOf(entry)]
    if (mode === SUBMODULE || index.isIntentToAdd(entry) || known.some(other => other.id === id)) return
    found.push({ path: Buffer.from(index.pathOf(entry), 'latin1'), mode, id })
  }

  function endOf(prefix: string, from: number, to: number): number {
    let end = from + 1
    while (end < to && index.pathOf(end).startsWith(prefix)) end++
    return end
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
