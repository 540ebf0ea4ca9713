import { type CommitGraph, parentsOf } from './commit-graph.ts'

/** Something that a commit brought. */
export interface Brought {
  commit: number
  /** Commits that do not have it while a parent of theirs may: no others can take it away. */
  lacking: ReadonlySet<number>
}

/** So many go through the graph at a time, one in each bit. */
const AT_ONCE = 32

/**
 * For each thing the commits that took it away: the first ones after it on any way through the history that do not have
 * it, so that a merge which only follows one of its parents in this is none.
 * @param order commits, parents before their children
 */
export function findRemovals(
  graph: CommitGraph,
  order: Iterable<number>,
  brought: readonly Brought[],
): number[][] {
  const commits = Uint32Array.from(order)
  const removals = brought.map((): number[] => [])
  for (let from = 0; from < brought.length; from += AT_ONCE)
    passOn(graph, commits, brought.slice(from, from + AT_ONCE), (bit, commit) =>
      removals[from + bit]!.push(commit),
    )
  return removals
}

function passOn(
  graph: CommitGraph,
  commits: Uint32Array,
  brought: readonly Brought[],
  note: (bit: number, commit: number) => void,
): void {
  /** Bits of what a commit has, and of what was taken away before it. */
  const has = new Uint32Array(graph.count)
  const lost = new Uint32Array(graph.count)
  const sources = new Map<number, number>()
  const lacking = new Map<number, number>()
  for (const [bit, { commit, lacking: own }] of brought.entries()) {
    sources.set(commit, (sources.get(commit) ?? 0) | (1 << bit))
    for (const other of own) lacking.set(other, (lacking.get(other) ?? 0) | (1 << bit))
  }
  for (const commit of commits) {
    let [inherited, gone] = [0, 0]
    for (const parent of parentsOf(graph, commit)) {
      if (parent < 0) continue
      inherited |= has[parent]!
      gone |= lost[parent]!
    }
    const missed = inherited & (lacking.get(commit) ?? 0)
    const removed = missed & ~gone
    for (let bit = 0; removed !== 0 && bit < brought.length; bit++)
      if (removed & (1 << bit)) note(bit, commit)
    has[commit] = (inherited & ~missed) | (sources.get(commit) ?? 0)
    lost[commit] = (gone | missed) & ~has[commit]!
  }
}
