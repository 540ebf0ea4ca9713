/** Every object of a repository, reachable or not: blobs, messages of commits and tags, names of files. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { ArchiveLimits } from '../../archive/limits.ts'
import type { CoverageTally } from '../../coverage.ts'
import { listBranchesContaining } from '../../git/branches-containing.ts'
import { Catalog, type CatalogData } from '../../git/catalog.ts'
import { buildCommitGraph } from '../../git/commit-graph.ts'
import { packTypes } from '../../git/git-object.ts'
import { type KnownPart, listKnownParts } from '../../git/known-objects.ts'
import { hashBytes, type ObjectId } from '../../git/object-id.ts'
import { ObjectStore } from '../../git/object-store.ts'
import { planJobs } from '../../git/plan-jobs.ts'
import { readIndex } from '../../git/read-index.ts'
import { listGitDirs, listRefs } from '../../git/refs.ts'
import type { Repository } from '../../git/repository.ts'
import { selectOnce } from '../../git/select-objects.ts'
import { TreeGraph } from '../../git/tree-graph.ts'
import type { Content } from '../../model.ts'
import { BlobScans, type FoundMatch } from './blob-scans.ts'
import { findReachable, type HistoryGraph } from './history-graph.ts'
import { HistoryObjects } from './history-objects.ts'
import { createHistoryThread } from './history-thread.ts'
import type { RunHistoryWork } from './history-work.ts'
import { maskPlaces } from './mask-places.ts'
import { searchMessages } from './messages.ts'
import { listNamed, searchNames } from './name-findings.ts'
import { type Placing, placeInCommits, placeLoneBlobs, placeUnreachable } from './place-findings.ts'
import type { Probe } from './probe.ts'
import { noteProblems } from './problems.ts'
import { type BlobUnit, createBlobReader } from './read-blob.ts'
import { addRemovals } from './removals.ts'
import { searchTexts, searchTrees } from './search-objects.ts'
import { type EarlierScan, selectNew } from './select-new.ts'

export interface HistoryScan<Found extends FoundMatch> {
  repository: Repository
  /** The compiled assembly of src/git. */
  gitModule: WebAssembly.Module
  probe: Probe
  scan: (content: Content) => Found[]
  /** Searches blobs on all threads; this one reads them with `read`. */
  scanBlobs: (units: readonly BlobUnit[], read: ReturnType<typeof createBlobReader>) => Promise<Found[]>
  /** @param shared what other threads are told */
  createThreads: (shared: { catalog: CatalogData; key: bigint }) => RunHistoryWork
  coverage: CoverageTally
  maxFileSize: number
  archives: ArchiveLimits
  isWanted: (path: string) => boolean
  /** Report only what is in these commits; undefined for everything. */
  commits?: ReadonlySet<ObjectId> | undefined
  /** Leave out what neither a ref nor a reflog leads to. */
  reachableOnly?: boolean | undefined
  /** Read and report only what has come since then. */
  earlier?: EarlierScan | undefined
}

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
  const { hash } = repository
  // Before the objects, as what is committed meanwhile is no loss.
  const refs = listRefs(repository)
  const store = new ObjectStore(repository)
  const catalog = Catalog.of(store)
  const once = selectOnce(catalog)
  const news = options.earlier && selectNew(catalog, options.earlier, once)
  const isNew = (number: number) => news?.known[number] !== 1
  const key = randomBytes(8).readBigUInt64LE()
  const thread = createHistoryThread(options.gitModule, catalog, store, options.probe, key)
  const run = options.createThreads({ catalog: catalog.data, key })

  const texts = await searchTexts(
    {
      kind: 'text',
      jobs: planJobs(catalog, ['blob', 'commit', 'tag']),
      ...{ hash, maxFileSize: options.maxFileSize, select: news?.select ?? once, known: news?.known },
    },
    { thread, run, coverage },
  )
  const wanted = new Set([...texts.holders].filter(isNew))

  const treeJobs = planJobs(catalog, ['tree'])
  const readTrees = () =>
    searchTrees(
      { kind: 'trees', jobs: treeJobs, select: once, wanted: Uint32Array.from(wanted) },
      { thread, run, coverage },
    )
  let trees = await readTrees()
  coverage.add(trees.coverage)
  const objects = new HistoryObjects(store, catalog, id => thread.trees.numberOf(id))
  const held = (options.earlier?.holders ?? []).map(id => objects.numberOf(id)).filter(number => number >= 0)
  for (const number of held) wanted.add(number)
  const names = searchNames(trees.holders, objects, scan)
  if (names.size > 0 || held.length > 0) {
    for (const number of listNamed(trees.holders, objects, names)) wanted.add(number)
    trees = await readTrees()
  }

  const missing = new Set(trees.missing)
  const commits = buildCommitGraph(
    texts.commits,
    hashBytes[hash],
    id => thread.trees.numberOf(id),
    id => missing.add(Buffer.from(id).toString('hex')),
  )
  for (const { id } of refs) if (objects.numberOf(id) < 0) missing.add(id)
  const failed = [...texts.failed, ...trees.failed]
  for (const number of noteProblems({ store, catalog, missing, failed }, coverage)) wanted.add(number)
  const flags = new Uint8Array(catalog.count)
  for (const number of wanted) flags[number] = 1
  const graph: HistoryGraph = {
    commits,
    trees: new TreeGraph(catalog.count, flags, trees.links),
    objects,
    ...findReachable(repository, commits, objects),
  }
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

  function typeOf(number: number): string | undefined {
    const pack = catalog.packs.findLast(({ first, plan }) => first <= number && number < first + plan.count)
    const type = pack && packTypes[pack.plan.types[number - pack.first]!]
    return type ?? objects.typeOf(catalog.idOf(number))
  }
}

function createCommitTest(
  asked: ReadonlySet<ObjectId> | undefined,
  { commits, objects }: HistoryGraph,
): (commit: number) => boolean {
  return asked ? commit => asked.has(objects.idOf(commits.numbers[commit]!)) : () => true
}

/** Commits are told with the branches that lead to them. */
function addBranches<Found extends FoundMatch>(matches: readonly Found[], graph: HistoryGraph): Found[] {
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

/** Blob → the path that it is staged at. */
function listStaged(repository: Repository): Map<ObjectId, string> {
  const paths = new Map<ObjectId, string>()
  for (const gitDir of listGitDirs(repository)) {
    for (const { id, path } of readIndex(join(gitDir, 'index'), repository.hash) ?? [])
      paths.set(id, path.toString('latin1'))
  }
  return paths
}
