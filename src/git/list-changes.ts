import { listChangedEntries } from './changed-entries.ts'
import { type CommitGraph, parentsOf } from './commit-graph.ts'
import type { ObjectId } from './object-id.ts'
import type { TreeEntry } from './read-tree.ts'
import type { TreeGraph } from './tree-graph.ts'

/** A commit brings a wanted object to a path where no parent has the same. */
export interface PathChange {
  commit: number
  /** As bytes in Latin-1. */
  path: string
  entry: TreeEntry
  /** What stands at the path in each parent. */
  before: (TreeEntry | undefined)[]
}

export interface TreeSource {
  /** Entries of a tree by its number; none for one that cannot be read. */
  read(tree: number): readonly TreeEntry[]
  /** The tree as it is stored; empty for one that cannot be read. */
  treeBytes(tree: number): Buffer
  /** Bytes of an id. */
  hashSize: number
  numberOf(id: ObjectId): number
}

const TREE = 0o040000

/** Everything wanted that commits bring. A parent that does not exist has nothing. */
export function* listChanges(
  graph: CommitGraph,
  trees: TreeGraph,
  source: TreeSource,
  commits: Iterable<number>,
): Generator<PathChange> {
  for (const commit of commits) {
    const tree = graph.trees[commit]!
    if (!trees.holdsWanted(tree)) continue
    const parents = Array.from(parentsOf(graph, commit), parent => (parent < 0 ? -1 : graph.trees[parent]!))
    if (parents.some(parent => trees.isSame(parent, tree))) continue
    yield* compare(tree, parents, '')

    function* compare(tree: number, parents: readonly number[], prefix: string): Generator<PathChange> {
      const befores = parents.map(parent => (parent < 0 ? nothing : source.treeBytes(parent)))
      for (const { entry, before } of listChangedEntries(source.treeBytes(tree), befores, source.hashSize)) {
        const number = source.numberOf(entry.id)
        if (number < 0) continue
        const path = prefix + entry.name
        if (trees.isWanted(number)) yield { commit, path, entry, before }
        if (entry.mode !== TREE || !trees.holdsWanted(number)) continue
        const below = before.map(other => (other?.mode === TREE ? source.numberOf(other.id) : -1))
        if (!below.some(parent => trees.isSame(parent, number))) yield* compare(number, below, `${path}/`)
      }
    }
  }
}

const nothing = Buffer.alloc(0)

/** What stands at a path below a tree. */
export function findPath(source: TreeSource, tree: number, path: string): TreeEntry | undefined {
  let at = tree
  let found: TreeEntry | undefined
  for (const name of path.split('/')) {
    if (at < 0) return undefined
    found = source.read(at).find(entry => entry.name === name)
    at = found?.mode === TREE ? source.numberOf(found.id) : -1
  }
  return found
}
