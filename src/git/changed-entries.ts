import type { TreeEntry } from './read-tree.ts'

/** An entry of a tree that stands in none of its parents as it is here. */
export interface ChangedEntry {
  entry: TreeEntry
  /** What each parent has under its name. */
  before: (TreeEntry | undefined)[]
}

/**
 * Compares trees as bytes (`mode name NUL id`, over and over): most entries are the same, and need not be taken apart.
 * Of a tree that is cut off nothing is listed.
 */
export function listChangedEntries(
  tree: Buffer,
  parents: readonly Buffer[],
  hashSize: number,
): ChangedEntry[] {
  const changed: ChangedEntry[] = []
  /** Where each parent has come to: trees are sorted in the same way. */
  const places = parents.map(() => 0)
  for (let at = 0; at < tree.length; ) {
    const end = findEnd(tree, at, hashSize)
    if (end < 0) return []
    let isSame = false
    for (const [i, parent] of parents.entries()) {
      const place = places[i]!
      if (tree.compare(parent, place, Math.min(place + end - at, parent.length), at, end) !== 0) continue
      places[i] = place + end - at
      isSame = true
    }
    if (!isSame) {
      const entry = readEntry(tree, at, end, hashSize)
      const before = parents.map((parent, i) => {
        const place = findName(
          parent,
          places[i]!,
          tree.subarray(tree.indexOf(32, at), end - hashSize),
          hashSize,
        )
        if (place < 0) return undefined
        places[i] = findEnd(parent, place, hashSize)
        return readEntry(parent, place, places[i]!, hashSize)
      })
      if (!before.some(other => other?.id === entry.id)) changed.push({ entry, before })
    }
    at = end
  }
  return changed
}

/** The end of an entry; -1 where the tree is cut off. */
function findEnd(tree: Buffer, at: number, hashSize: number): number {
  const blank = tree.indexOf(32, at)
  const nul = blank < 0 ? -1 : tree.indexOf(0, blank)
  const end = nul + 1 + hashSize
  return nul < 0 || end > tree.length ? -1 : end
}

/** Where the entry of a name begins, looked for from a place on and then from the start; -1 for none. @param name ` name NUL` */
function findName(tree: Buffer, from: number, name: Buffer, hashSize: number): number {
  return search(from, tree.length) ?? search(0, from) ?? -1

  function search(start: number, limit: number): number | undefined {
    for (let at = start; at < limit; ) {
      const end = findEnd(tree, at, hashSize)
      if (end < 0) return undefined
      const blank = tree.indexOf(32, at)
      if (end - hashSize - blank === name.length && name.compare(tree, blank, end - hashSize) === 0) return at
      at = end
    }
    return undefined
  }
}

function readEntry(tree: Buffer, at: number, end: number, hashSize: number): TreeEntry {
  const blank = tree.indexOf(32, at)
  return {
    mode: Number.parseInt(tree.toString('latin1', at, blank), 8),
    name: tree.toString('latin1', blank + 1, end - hashSize - 1),
    id: tree.toString('hex', end - hashSize, end),
  }
}
