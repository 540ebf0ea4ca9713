import { type CommitGraph, markReachable, orderByParents } from '../../git/commit-graph.ts'
import { type Brought, findRemovals } from '../../git/find-removals.ts'
import { listPathStates } from '../../git/path-states.ts'
import type { Removal } from '../../model.ts'
import type { FileName } from '../../system/file-name.ts'
import type { BlobScans, FoundMatch } from './blob-scans.ts'
import type { HistoryGraph } from './history-graph.ts'

/** Matches that a commit brought to a path, where HEAD no longer has them. */
export interface Gone<Found> {
  matches: readonly Found[]
  commit: number
  /** As bytes in Latin-1. */
  path: string
  name: FileName
  /** As `BlobScans` numbers it; undefined for one that is in the name of the file. */
  secret: number | undefined
}

/** Tells of each match which commits of HEAD's history took it away. @param key of the hashes of names */
export async function addRemovals<Found extends FoundMatch>(
  found: readonly Found[],
  gone: readonly Gone<Found>[],
  graph: HistoryGraph,
  scans: BlobScans<Found>,
  key: bigint,
): Promise<Found[]> {
  const { commits, headCommit } = graph
  const inHead = markReachable(commits, [headCommit])
  const asked = gone.filter(({ commit }) => inHead[commit])
  if (asked.length === 0) return [...found]
  const order = orderByParents(commits).filter(commit => inHead[commit])
  const lacking = await listLacking(asked, graph, scans, order, key)
  const removals = findRemovals(commits, order, lacking)
  const removed = new Map<Found, readonly Removal[]>()
  for (const [i, { matches }] of asked.entries()) {
    const by = describe(removals[i] ?? [], graph)
    if (by.length > 0) for (const match of matches) removed.set(match, by)
  }
  return found.map(match => {
    const removedBy = removed.get(match)
    return removedBy ? { ...match, place: { ...match.place, removedBy } } : match
  })
}

async function listLacking<Found extends FoundMatch>(
  gone: readonly Gone<Found>[],
  { commits, trees, objects }: HistoryGraph,
  scans: BlobScans<Found>,
  order: Iterable<number>,
  key: bigint,
): Promise<Brought[]> {
  const paths = new Set(gone.map(({ path }) => path))
  const states = listPathStates(commits, trees, paths, order, key)
  const filesOf = (path: string) => [...(states.get(path) ?? [])]
  const isFile = (number: number) => number >= 0 && trees.isWanted(number)
  const contents = new Map(
    gone.flatMap(({ path, name, secret }) => (secret === undefined ? [] : [[path, name] as const])),
  )
  await scans.prepare(
    [...contents].flatMap(([path, name]) =>
      [...new Set(filesOf(path).map(([, file]) => file))]
        .filter(isFile)
        .map(file => ({ id: objects.idOf(file), ...name })),
    ),
  )
  const brought: Brought[] = []
  for (const { commit, path, name, secret } of gone) {
    const lacking = new Set<number>()
    for (const [other, file] of filesOf(path)) {
      if (secret === undefined ? file < 0 : !(isFile(file) && (await hasSecret(file, name, secret))))
        lacking.add(other)
    }
    brought.push({ commit, lacking })
  }
  return brought

  async function hasSecret(file: number, name: FileName, secret: number): Promise<boolean> {
    for (const other of await scans.secretsIn(objects.idOf(file), name)) if (other === secret) return true
    return false
  }
}

/** The earliest first. */
function describe(removals: readonly number[], { commits, objects }: HistoryGraph): Removal[] {
  return sortByTime(removals, commits).map(commit => {
    const id = objects.idOf(commits.numbers[commit] ?? -1)
    const { author = '', date = '' } = objects.messageOf(id) ?? {}
    return { commit: id, author, date }
  })
}

function sortByTime(removals: readonly number[], { times }: CommitGraph): number[] {
  return [...removals].sort((a, b) => times[a]! - times[b]!)
}
