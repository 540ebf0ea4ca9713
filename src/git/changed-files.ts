import type { TreeEntry } from './read-tree.ts'

export interface ChangedFile {
  /** As bytes in Latin-1. */
  path: string
  entry: TreeEntry
}

/** Entries of a tree; undefined for one that the store does not have. */
export type TreeSourceById = (id: string) => readonly TreeEntry[] | undefined

const TREE = 0o040000

/**
 * Files that stand in a tree otherwise than in each of the parents' trees, as `git diff-tree -c` tells of a commit; without
 * parents, all. Undefined where a folder that has to be compared is missing.
 */
export function changedFiles(
  read: TreeSourceById,
  tree: string,
  parents: readonly string[],
): ChangedFile[] | undefined {
  const found: ChangedFile[] = []
  return compare(tree, parents, '') ? found : undefined

  function compare(id: string, befores: readonly string[], prefix: string): boolean {
    if (befores.includes(id)) return true
    const entries = read(id)
    const old = befores.map(read)
    if (!entries || old.includes(undefined)) return false
    const byName = old.map(list => new Map(list?.map(entry => [entry.name, entry])))
    return entries.every(entry => {
      const before = byName.map(known => known.get(entry.name))
      if (before.some(other => other?.id === entry.id)) return true
      const path = prefix + entry.name
      if (entry.mode !== TREE) found.push({ path, entry })
      else
        return compare(
          entry.id,
          before.flatMap(other => (other?.mode === TREE ? [other.id] : [])),
          `${path}/`,
        )
      return true
    })
  }
}
