import { type CommitGraph, orderByChildren, parentsOf } from './commit-graph.ts'

export interface BranchTip {
  name: string
  commit: number
}

/** So many branches go through the graph at a time, one in each bit. */
const AT_ONCE = 32

/** Commit → the branches that lead to it, by name: as `git branch --all --contains` says. */
export function listBranchesContaining(
  graph: CommitGraph,
  tips: readonly BranchTip[],
  commits: ReadonlySet<number>,
): Map<number, string[]> {
  const containing = new Map([...commits].map(commit => [commit, [] as string[]]))
  if (commits.size === 0) return containing
  const order = orderByChildren(graph)
  for (let from = 0; from < tips.length; from += AT_ONCE) {
    const bits = new Uint32Array(graph.count)
    const some = tips.slice(from, from + AT_ONCE)
    for (const [bit, { commit }] of some.entries()) bits[commit]! |= 1 << bit
    for (const commit of order) {
      if (bits[commit] === 0) continue
      for (const parent of parentsOf(graph, commit)) if (parent >= 0) bits[parent]! |= bits[commit]!
    }
    for (const [commit, names] of containing)
      names.push(...some.filter((_, bit) => bits[commit]! & (1 << bit)).map(({ name }) => name))
  }
  return containing
}
