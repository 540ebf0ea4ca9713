/** The index's own note of which folders are unchanged since a tree was written: its extension `TREE`. */
export interface CacheTree {
  /** Entries of the index below the folder; -1 when something in it has changed. */
  count: number
  children: ReadonlyMap<string, CacheTree>
  /** Whether these entries make this tree object. */
  is: (id: string) => boolean
}

/**
 * https://git-scm.com/docs/index-format#_cache_tree; undefined where it makes no sense. A large repository has thousands of
 * folders, of which a hook asks about few: names are cut from one string, and ids stay where they are.
 */
export function readCacheTree(bytes: Buffer | undefined, hashSize: number): CacheTree | undefined {
  if (!bytes) return undefined
  const text = bytes.toString('latin1')
  let at = 0
  return readNode()?.node

  function readNode(): { name: string; node: CacheTree } | undefined {
    const nameEnd = text.indexOf('\0', at)
    const countEnd = text.indexOf(' ', nameEnd)
    const lineEnd = text.indexOf('\n', countEnd)
    if (nameEnd < 0 || countEnd < 0 || lineEnd < 0) return undefined
    const name = text.slice(at, nameEnd)
    const count = Number(text.slice(nameEnd + 1, countEnd))
    const childCount = Number(text.slice(countEnd + 1, lineEnd))
    if (!Number.isInteger(count) || !Number.isInteger(childCount)) return undefined
    const idAt = lineEnd + 1
    at = count < 0 ? idAt : idAt + hashSize
    const children = new Map<string, CacheTree>()
    for (let i = 0; i < childCount; i++) {
      const child = readNode()
      if (!child) return undefined
      children.set(child.name, child.node)
    }
    return { name, node: { count, children, is: id => count >= 0 && id === hexAt(idAt) } }
  }

  function hexAt(start: number): string | undefined {
    return bytes?.toString('hex', start, start + hashSize)
  }
}
