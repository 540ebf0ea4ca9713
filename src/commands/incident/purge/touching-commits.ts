import type { Catalog } from '../../../git/catalog.ts'
import { buildCommitGraph, type CommitGraph, parentsOf } from '../../../git/commit-graph.ts'
import type { CommitRecords } from '../../../git/commit-log.ts'
import { type HashName, hashBytes } from '../../../git/object-id.ts'
import type { ObjectStore } from '../../../git/object-store.ts'
import { findInPack } from '../../../git/pack-index.ts'
import { TreeGraph } from '../../../git/tree-graph.ts'
import { findLinks, type PurgeReading } from './suspect-jobs.ts'

/**
 * Commits, reachable or not, that have other ones of some files than one of their parents: they brought them in, took them
 * out or moved them. The others need not be compared with their parents.
 */
export async function findTouchingCommits(
  reading: PurgeReading,
  store: ObjectStore,
  catalog: Catalog,
  logs: readonly CommitRecords[],
  files: readonly string[],
): Promise<string[]> {
  const numbers = numbersOf(catalog, new Set(files))
  const { results, lost, search } = await findLinks(reading, store, catalog, Uint32Array.from(numbers))
  const graph = buildCommitGraph(
    logs,
    hashBytes[store.repository.hash],
    id => search.numberOf(id),
    () => {},
  )
  const flags = new Uint8Array(catalog.count)
  for (const id of files) flags[search.numberOf(Buffer.from(id, 'hex'))] = 1
  const trees = new TreeGraph(catalog.count, flags, results)
  // Where threads died, links are missing.
  const isTouching = lost.length > 0 ? () => true : (commit: number) => touches(graph, trees, commit)
  const touching = Array.from(graph.numbers.keys()).filter(isTouching)
  return touching.map(commit => catalog.idOf(graph.numbers[commit]!)).sort()
}

export function listCommits(logs: readonly CommitRecords[], catalog: Catalog, hash: HashName): string[] {
  const { numbers } = buildCommitGraph(
    logs,
    hashBytes[hash],
    () => -1,
    () => {},
  )
  return Array.from(numbers, number => catalog.idOf(number)).sort()
}

function touches(graph: CommitGraph, trees: TreeGraph, commit: number): boolean {
  const tree = graph.trees[commit]!
  const parents = parentsOf(graph, commit)
  if (parents.length === 0) return trees.holdsWanted(tree)
  return parents.some(parent => !trees.isSame(parent < 0 ? -1 : graph.trees[parent]!, tree))
}

/** An object that is stored twice has two numbers. */
function numbersOf({ packs, loose }: Catalog, ids: ReadonlySet<string>): number[] {
  const packed = packs.flatMap(({ pack, plan, first }) => {
    const entries = new Uint32Array(plan.count)
    for (const [entry, number] of plan.order.entries()) entries[number] = entry
    return Array.from(ids, id => findInPack(pack.index, Buffer.from(id, 'hex'))).flatMap(number =>
      number < 0 ? [] : [first + entries[number]!],
    )
  })
  const others = loose.flatMap(({ ids: own, first }) =>
    own.flatMap((id, i) => (ids.has(id) ? [first + i] : [])),
  )
  return [...packed, ...others]
}
