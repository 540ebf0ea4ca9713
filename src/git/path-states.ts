/** What stands at some paths, where commits change it: by the links between trees alone, without reading any. */
import { type CommitGraph, parentsOf } from './commit-graph.ts'
import { hashName } from './name-hash.ts'
import type { TreeGraph } from './tree-graph.ts'

/** Path → the commits in which it is not as in one of their parents, each with the wanted file there; -1 for none. */
export type PathStates = ReadonlyMap<string, ReadonlyMap<number, number>>

interface Branch {
  path: string | undefined
  below: Map<number, Branch>
}

/**
 * @param paths as bytes in Latin-1
 * @param key of the hashes of names
 */
export function listPathStates(
  graph: CommitGraph,
  trees: TreeGraph,
  paths: Iterable<string>,
  commits: Iterable<number>,
  key: bigint,
): PathStates {
  const states = new Map<string, Map<number, number>>()
  const root: Branch = { path: undefined, below: new Map() }
  for (const path of paths) {
    states.set(path, new Map())
    plant(root, path, key)
  }
  for (const commit of commits) {
    const tree = graph.trees[commit]!
    for (const parent of parentsOf(graph, commit)) {
      const before = parent < 0 ? -1 : graph.trees[parent]!
      if (!trees.isSame(before, tree)) compare(root, before, tree, commit)
    }
  }
  return states

  function compare({ path, below }: Branch, before: number, after: number, commit: number): void {
    if (before === after) return
    if (path !== undefined) states.get(path)?.set(commit, after)
    for (const [name, branch] of below)
      compare(branch, trees.childOf(before, name), trees.childOf(after, name), commit)
  }
}

function plant(root: Branch, path: string, key: bigint): void {
  let at = root
  for (const name of path.split('/')) {
    const hash = hashName(name, key)
    const next = at.below.get(hash) ?? { path: undefined, below: new Map() }
    at.below.set(hash, next)
    at = next
  }
  at.path = path
}
