/** The index's own note of which folders are unchanged since a tree was written: its extension `TREE`. */
export interface CacheTree {
  /** Entries of the index below the folder; -1 when something in it has changed. */
  count: number
  /** The tree object that these entries make; undefined when something has changed. */
  id?: string
  children: ReadonlyMap<string, CacheTree>
}

/** https://git-scm.com/docs/index-format#_cache_tree; undefined where it makes no sense. */
export function readCacheTree(bytes: Buffer | undefined, hashSize: number): CacheTree | undefined {
  if (!bytes) return undefined
  let at = 0
  try {
    return readNode().node
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }

  function readNode(): { name: string; node: CacheTree } {
    const name = readUntil(0)
    const count = Number(readUntil(32))
    const childCount = Number(readUntil(10))
    if (!Number.isInteger(count) || !Number.isInteger(childCount)) throw new RangeError('not a number')
    const id = count < 0 ? undefined : bytes?.toString('hex', at, at + hashSize)
    if (id !== undefined) at += hashSize
    const children = new Map<string, CacheTree>()
    for (let i = 0; i < childCount; i++) {
      const child = readNode()
      children.set(child.name, child.node)
    }
    return { name, node: { count, ...(id === undefined ? {} : { id }), children } }
  }

  function readUntil(byte: number): string {
    const end = bytes?.indexOf(byte, at) ?? -1
    if (end < 0) throw new RangeError('cut off')
    const text = bytes?.toString('latin1', at, end) ?? ''
    at = end + 1
    return text
  }
}
