import type { BranchTip } from '../../git/branches-containing.ts'
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
  /** -1 for none. */
  headCommit: number
  /** Tree of HEAD, by number; -1 for none. */
  headTree: number
  /** Blobs that a ref leads to without a commit, each with its path where a tree names it. */
  tagged: ReadonlyMap<ObjectId, string | undefined>
  /** Local and remote-tracking branches by name. */
  branches: readonly BranchTip[]
}

export function findReachable(
  repository: Repository,
  commits: CommitGraph,
  objects: HistoryObjects,
): Pick<HistoryGraph, 'reachable' | 'headCommit' | 'headTree' | 'tagged' | 'branches'> {
  const refs = listRefs(repository)
  const tips = [...refs.map(({ id }) => id), ...listReflogIds(repository)]
  const reachable = markReachable(
    commits,
    tips.map(id => commitOf(id, commits, objects)),
  )
  const branches = refs.flatMap(({ name, id }) => {
    const short = /^refs\/(?:heads|remotes)\/(.+)$/.exec(name)?.[1]
    const commit = short === undefined ? -1 : commitOf(id, commits, objects)
    return short === undefined || commit < 0 ? [] : [{ name: short, commit }]
  })
  const head = refs.find(({ name }) => name === headName(repository))
  const commit = head ? commitOf(head.id, commits, objects) : -1
  const headTree = commit < 0 ? -1 : (commits.trees[commit] ?? -1)
  return { reachable, headCommit: commit, headTree, tagged: findTagged(tips, commits, objects), branches }
}

/** A linked work tree has a HEAD of its own. */
function headName({ gitDir, commonDir }: Repository): string {
  return gitDir === commonDir ? 'HEAD' : `worktrees/${gitDir.slice(gitDir.lastIndexOf('/') + 1)}/HEAD`
}

const TREE = 0o040000
/** Tags may stand for tags. */
const MOST_TAGS = 10

/** The commit that an object is or, as an annotated tag, stands for; -1 for none. */
function commitOf(id: ObjectId, commits: CommitGraph, objects: HistoryObjects): number {
  return commits.commitOf.get(objects.numberOf(peel(id, commits, objects))) ?? -1
}

/** What a tag, or a tag of a tag, stands for. */
function peel(id: ObjectId, commits: CommitGraph, objects: HistoryObjects): ObjectId {
  let at = id
  for (let depth = 0; depth < MOST_TAGS; depth++) {
    if (commits.commitOf.has(objects.numberOf(at))) return at
    const message = objects.messageOf(at)
    const target = message && /^object ([0-9a-f]+)$/m.exec(message.text.toString('latin1', 0, 200))?.[1]
    if (!target) return at
    at = target
  }
  return at
}

function findTagged(
  tips: readonly ObjectId[],
  commits: CommitGraph,
  objects: HistoryObjects,
): Map<ObjectId, string | undefined> {
  const tagged = new Map<ObjectId, string | undefined>()
  const seen = new Set<ObjectId>()
  for (const tip of new Set(tips)) {
    const id = peel(tip, commits, objects)
    if (commits.commitOf.has(objects.numberOf(id))) continue
    const type = objects.typeOf(id)
    if (type === 'blob') tagged.set(id, tagged.get(id))
    if (type === 'tree') visit(id, '')
  }
  return tagged

  function visit(tree: ObjectId, prefix: string): void {
    if (seen.has(tree)) return
    seen.add(tree)
    const number = objects.numberOf(tree)
    for (const { id, name, mode } of number < 0 ? [] : objects.read(number)) {
      if (mode === TREE) visit(id, `${prefix}${name}/`)
      else tagged.set(id, prefix + name)
    }
  }
}
