import { type CommitGraph, markReachable } from '../../git/commit-graph.ts'
import type { ObjectId } from '../../git/object-id.ts'
import { listReflogIds, listRefs } from '../../git/refs.ts'
import type { Repository } from '../../git/repository.ts'
import type { TreeGraph } from '../../git/tree-graph.ts'
import type { HistoryObjects } from './history-objects.ts'

/** All commits, with the files that matter below their trees. */
export interface HistoryGraph {
  commits: CommitGraph
  trees: TreeGraph
  objects: HistoryObjects
  /** Commit → 1 for those that a ref, HEAD or a reflog leads to. */
  reachable: Uint8Array
  /** Tree of HEAD, by number; -1 for none. */
  headTree: number
}

export function findReachable(
  repository: Repository,
  commits: CommitGraph,
  objects: HistoryObjects,
): Pick<HistoryGraph, 'reachable' | 'headTree'> {
  const refs = listRefs(repository)
  const tips = [...refs.map(({ id }) => id), ...listReflogIds(repository)]
  const reachable = markReachable(
    commits,
    tips.map(id => commitOf(id, commits, objects)),
  )
  const head = refs.find(({ name }) => name === headName(repository))
  const commit = head ? commitOf(head.id, commits, objects) : -1
  return { reachable, headTree: commit < 0 ? -1 : (commits.trees[commit] ?? -1) }
}

/** A linked work tree has a HEAD of its own. */
function headName({ gitDir, commonDir }: Repository): string {
  return gitDir === commonDir ? 'HEAD' : `worktrees/${gitDir.slice(gitDir.lastIndexOf('/') + 1)}/HEAD`
}

/** Tags may stand for tags. */
const MOST_TAGS = 10

/** The commit that an object is or, as an annotated tag, stands for; -1 for none. */
function commitOf(id: ObjectId, commits: CommitGraph, objects: HistoryObjects): number {
  let at = id
  for (let depth = 0; depth < MOST_TAGS; depth++) {
    const commit = commits.commitOf.get(objects.numberOf(at))
    if (commit !== undefined) return commit
    const message = objects.messageOf(at)
    const target = message && /^object ([0-9a-f]+)$/m.exec(message.text.toString('latin1', 0, 200))?.[1]
    if (!target) return -1
    at = target
  }
  return -1
}
