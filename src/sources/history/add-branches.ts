import { listBranchesContaining } from '../../git/branches-containing.ts'
import type { ObjectId } from '../../git/object-id.ts'
import type { FoundMatch } from './blob-scans.ts'
import type { HistoryGraph } from './history-graph.ts'

/** Commits are told with the branches that lead to them. */
export function addBranches<Found extends FoundMatch>(
  matches: readonly Found[],
  graph: HistoryGraph,
): Found[] {
  const numberOf = (id: ObjectId) => graph.commits.commitOf.get(graph.objects.numberOf(id)) ?? -1
  const commits = new Set(
    matches.flatMap(({ place }) => (place.kind === 'commit' ? [numberOf(place.commit)] : [])),
  )
  commits.delete(-1)
  const containing = listBranchesContaining(graph.commits, graph.branches, commits)
  return matches.map(match => {
    const { place } = match
    if (place.kind !== 'commit') return match
    return { ...match, place: { ...place, branches: containing.get(numberOf(place.commit)) ?? [] } }
  })
}
