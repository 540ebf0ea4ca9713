/** Every object of a repository, reachable or not: blobs, messages of commits and tags, names of files. */
import { join } from 'node:path'
import { type KnownPart, listKnownParts } from '../../git/known-objects.ts'
import type { ObjectId } from '../../git/object-id.ts'
import { readIndex } from '../../git/read-index.ts'
import { listGitDirs } from '../../git/refs.ts'
import type { Repository } from '../../git/repository.ts'
import { addBranches } from './add-branches.ts'
import { BlobScans, type FoundMatch } from './blob-scans.ts'
import type { HistoryGraph } from './history-graph.ts'
import { maskPlaces } from './mask-places.ts'
import { searchMessages } from './messages.ts'
import { type Placing, placeInCommits, placeLoneBlobs, placeUnreachable } from './place-findings.ts'
import { createBlobReader } from './read-blob.ts'
import { type HistoryScan, readHistory } from './read-history.ts'
import { addRemovals } from './removals.ts'

/** What was found, and what a later scan needs to know of this one. */
export interface HistoryResult<Found> {
  found: Found[]
  parts: KnownPart[]
  /** Blobs that may hold a match. */
  holders: ObjectId[]
  missing: ObjectId[]
  /** Commits that were left out because nothing leads to them. */
  unreported: ObjectId[]
}

export async function scanHistory<Found extends FoundMatch>(
  options: HistoryScan<Found>,
): Promise<HistoryResult<Found>> {
  const { repository, coverage, scan } = options
  const history = await readHistory(options)
  const { store, catalog, graph, wanted, names, missing, isNew, typeOf, key } = history
  const { commits, objects } = graph
  const read = createBlobReader(id => objects.bytesOf(id), options.archives, coverage)
  const scans = new BlobScans<Found>(units => options.scanBlobs(units, read))
  const placing: Placing<Found> = { graph, scans, names, isWanted: options.isWanted }
  const { reachable } = graph
  const all = [...reachable.keys()].sort((a, b) => commits.times[a]! - commits.times[b]!)
  const isAsked = createCommitTest(options.commits, graph)
  const { found, covered, gone } = await placeInCommits(
    placing,
    all.filter(commit => reachable[commit] && isNewCommit(commit) && isAsked(commit)),
  )
  for (const number of wanted) if (!isNew(number)) covered.add(number)
  const types = new Map([...wanted].map(number => [number, typeOf(number)]))
  const withoutCommit = options.commits ? [] : await placeOthers()
  const messages = searchMessages(
    [...wanted].filter(number => isNew(number) && isMessage(number)),
    objects,
    scan,
  )
  const attributed = await addRemovals(found, gone, graph, scans, key)
  const matches = [...attributed, ...withoutCommit, ...messages]
  const parts = listKnownParts(catalog)
  store.close()
  const exposed = [...[...names.values()].flat(), ...messages].map(({ secret }) => secret)
  return {
    found: maskPlaces(addBranches(matches, graph), exposed),
    parts,
    holders: [...wanted].filter(number => types.get(number) === 'blob').map(number => objects.idOf(number)),
    missing: [...missing],
    unreported: options.reachableOnly
      ? all.filter(commit => !reachable[commit]).map(commit => objects.idOf(commits.numbers[commit]!))
      : [],
  }

  function isNewCommit(commit: number): boolean {
    return isNew(commits.numbers[commit]!)
  }

  async function placeOthers(): Promise<Found[]> {
    const lone = [...wanted].filter(
      number => types.get(number) === 'blob' && !covered.has(number) && isShown(number),
    )
    const staged = listStaged(repository)
    const pathOf = (id: ObjectId) => staged.get(id)
    if (options.reachableOnly) return placeLoneBlobs(placing, lone, pathOf)
    const lost = await placeUnreachable(
      placing,
      all.filter(commit => !reachable[commit] && isNewCommit(commit)),
      covered,
    )
    const rest = lone.filter(number => !covered.has(number))
    return [...lost, ...(await placeLoneBlobs(placing, rest, pathOf))]
  }

  function isShown(number: number): boolean {
    return !options.reachableOnly || graph.tagged.has(objects.idOf(number))
  }

  function isMessage(number: number): boolean {
    const type = types.get(number)
    if (type === 'tag') return !options.commits
    const commit = commits.commitOf.get(number)
    if (type !== 'commit' || commit === undefined) return false
    return isAsked(commit) && (reachable[commit] === 1 || !options.reachableOnly)
  }
}

function createCommitTest(
  asked: ReadonlySet<ObjectId> | undefined,
  { commits, objects }: HistoryGraph,
): (commit: number) => boolean {
  return asked ? commit => asked.has(objects.idOf(commits.numbers[commit]!)) : () => true
}

/** Blob → the path that it is staged at. */
function listStaged(repository: Repository): Map<ObjectId, string> {
  const paths = new Map<ObjectId, string>()
  for (const gitDir of listGitDirs(repository)) {
    for (const { id, path } of readIndex(join(gitDir, 'index'), repository.hash) ?? [])
      paths.set(id, path.toString('latin1'))
  }
  return paths
}
