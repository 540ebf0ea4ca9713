/** Every object of a repository, reachable or not: blobs, messages of commits and tags, names of files. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { ArchiveLimits } from '../../archive/limits.ts'
import type { CoverageTally } from '../../coverage.ts'
import { Catalog } from '../../git/catalog.ts'
import { buildCommitGraph } from '../../git/commit-graph.ts'
import { packTypes } from '../../git/git-object.ts'
import { hashBytes } from '../../git/object-id.ts'
import { ObjectStore } from '../../git/object-store.ts'
import { planJobs, type ReadJobs } from '../../git/plan-jobs.ts'
import { readIndex } from '../../git/read-index.ts'
import { listGitDirs } from '../../git/refs.ts'
import type { Repository } from '../../git/repository.ts'
import { selectOnce, withDependants } from '../../git/select-objects.ts'
import { TreeGraph } from '../../git/tree-graph.ts'
import type { Content } from '../../model.ts'
import { BlobScans, type FoundMatch } from './blob-scans.ts'
import { CandidateSearch } from './candidate-search.ts'
import { findReachable, type HistoryGraph } from './history-graph.ts'
import { HistoryObjects } from './history-objects.ts'
import { createHistoryThread } from './history-thread.ts'
import { maskPlaces } from './mask-places.ts'
import { searchMessages } from './messages.ts'
import { listNamed, searchNames } from './name-findings.ts'
import { type Placing, placeInCommits, placeLoneBlobs, placeUnreachable } from './place-findings.ts'
import type { Probe } from './probe.ts'
import { noteProblems } from './problems.ts'
import { TreeSearch } from './tree-search.ts'

export interface HistoryScan<Found extends FoundMatch> {
  repository: Repository
  /** The compiled assembly of src/git. */
  wasm: Uint8Array
  probe: Probe
  scan: (content: Content) => Found[]
  coverage: CoverageTally
  maxFileSize: number
  archives: ArchiveLimits
  isWanted: (path: string) => boolean
}

export async function scanHistory<Found extends FoundMatch>(options: HistoryScan<Found>): Promise<Found[]> {
  const { repository, coverage, scan } = options
  const { hash } = repository
  const store = new ObjectStore(repository)
  const catalog = Catalog.of(store)
  const once = selectOnce(catalog)
  const key = randomBytes(8).readBigUInt64LE()
  const thread = createHistoryThread(new WebAssembly.Module(options.wasm), catalog, store, options.probe, key)

  const textJobs = planJobs(catalog, ['blob', 'commit', 'tag'])
  const candidates = runAll(
    textJobs,
    new CandidateSearch(thread, { hash, maxFileSize: options.maxFileSize, wanted: once }),
  )
  coverage.add(candidates.coverage)
  const wanted = withDependants(catalog, candidates.holders)

  const treeJobs = planJobs(catalog, ['tree'])
  let trees = runAll(treeJobs, new TreeSearch(thread, once, wanted))
  coverage.add(trees.coverage)
  const objects = new HistoryObjects(store, catalog, id => thread.trees.numberOf(id))
  const names = searchNames(trees.holders, objects, scan)
  if (names.size > 0) {
    for (const number of listNamed(trees.holders, objects, names)) wanted.add(number)
    trees = runAll(treeJobs, new TreeSearch(thread, once, wanted))
  }

  const missing = new Set(trees.missing)
  const commits = buildCommitGraph(
    [candidates.commits],
    hashBytes[hash],
    id => thread.trees.numberOf(id),
    id => missing.add(Buffer.from(id).toString('hex')),
  )
  for (const number of noteProblems(
    { store, catalog, missing, failed: [...candidates.failed, ...trees.failed] },
    coverage,
  ))
    wanted.add(number)
  const flags = new Uint8Array(catalog.count)
  for (const number of wanted) flags[number] = 1
  const graph: HistoryGraph = {
    commits,
    trees: new TreeGraph(catalog.count, flags, [trees.links]),
    objects,
    ...findReachable(repository, commits, objects),
  }
  const scans = new BlobScans<Found>(objects, { scan, limits: options.archives, coverage })
  const placing: Placing<Found> = { graph, scans, names, isWanted: options.isWanted }
  const { reachable } = graph
  const all = [...reachable.keys()]
  const { found, covered } = await placeInCommits(
    placing,
    all.filter(commit => reachable[commit]),
  )
  const lost = await placeUnreachable(
    placing,
    all.filter(commit => !reachable[commit]),
    covered,
  )
  const types = new Map([...wanted].map(number => [number, typeOf(number)]))
  const lone = [...wanted].filter(number => types.get(number) === 'blob' && !covered.has(number))
  const staged = listStaged(repository)
  const alone = await placeLoneBlobs(placing, lone, id => staged.get(id))
  const messages = searchMessages(
    [...wanted].filter(number => types.get(number) === 'commit' || types.get(number) === 'tag'),
    objects,
    scan,
  )
  store.close()
  const matches = [...found, ...lost, ...alone, ...messages]
  const exposed = [...[...names.values()].flat(), ...messages].map(({ secret }) => secret)
  return maskPlaces(matches, exposed)

  function typeOf(number: number): string | undefined {
    const pack = catalog.packs.findLast(({ first, plan }) => first <= number && number < first + plan.count)
    const type = pack && packTypes[pack.plan.types[number - pack.first]!]
    return type ?? objects.typeOf(catalog.idOf(number))
  }
}

function listStaged(repository: Repository): Map<string, string> {
  const paths = new Map<string, string>()
  for (const gitDir of listGitDirs(repository)) {
    for (const { id, path } of readIndex(join(gitDir, 'index'), repository.hash) ?? [])
      paths.set(id, path.toString('latin1'))
  }
  return paths
}

function runAll<Result>(
  jobs: ReadJobs,
  runner: { run(jobs: ReadJobs, job: number): void; result(): Result },
): Result {
  for (let job = 0; job < jobs.count; job++) runner.run(jobs, job)
  return runner.result()
}
