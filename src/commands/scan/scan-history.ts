import { resolve } from 'node:path'
import { CoverageTally } from '../../coverage.ts'
import { UserError } from '../../errors.ts'
import type { PlacedMatch } from '../../findings/collect-findings.ts'
import { listCommits } from '../../git/list-commits.ts'
import type { ObjectId } from '../../git/object-id.ts'
import { ObjectReader } from '../../git/object-reader.ts'
import { findRepository, type Repository } from '../../git/repository.ts'
import { listSubmodules } from '../../git/submodules.ts'
import { answerWith } from '../../sources/history/ask-probe.ts'
import { listGitFiles, stampGitFiles } from '../../sources/history/git-directory.ts'
import { maskPlaces } from '../../sources/history/mask-places.ts'
import { probeHere } from '../../sources/history/probe.ts'
import { scanHistory as readHistory } from '../../sources/history/scan-history.ts'
import type { EarlierScan } from '../../sources/history/select-new.ts'
import { readBuilt } from '../../system/assets.ts'
import { CacheDirectory } from '../../system/cache-directory.ts'
import { ErrandRunner } from '../../system/errands.ts'
import { WorkerCrew } from '../../system/worker-crew.ts'
import { archiveLimitsOf } from './archive-limits.ts'
import { createContentScanner } from './content-scanner.ts'
import { createHistoryThreads } from './history-jobs.ts'
import { digestTips, HistoryWatermark } from './history-watermark.ts'
import { createLineProbe } from './line-probe.ts'
import { moveBelow } from './move-below.ts'
import { createPathFilter } from './path-filter.ts'
import { scanBlobs } from './scan-blobs.ts'
import { scanGitDirectory, searchRefNames } from './scan-git-directory.ts'
import type { ScanRequest, ScanRun, SourceScan } from './scan-run.ts'
import { selectUntold } from './told-matches.ts'

/** `--history`: every object of a repository, and of its submodules where they are kept in it. */
export const scanHistory: SourceScan = async run => {
  const { request, context } = run
  const [target = '.'] = request.paths
  const repository = openRepository(resolve(context.cwd, target), target)
  const commits = await selectCommits(repository, request)
  await scanRepository(run, repository, commits)
  const isWhole = commits === undefined && !request.reachableOnly
  for (const { name, repository: submodule } of isWhole ? listSubmodules(repository) : []) {
    const own = { ...request, paths: [submodule.gitDir] }
    const add = (matches: readonly PlacedMatch[]) => run.add(matches.map(match => moveBelow(name, match)))
    await scanRepository({ ...run, request: own, add }, submodule)
  }
  return { kind: 'history', target }
}

async function scanRepository(
  run: ScanRun,
  repository: Repository,
  commits?: ReadonlySet<ObjectId>,
): Promise<void> {
  const { request, project, rules, module, add } = run
  const coverage = new CoverageTally()
  const watermark = request.incremental ? openWatermark(repository, run) : undefined
  const isWhole = commits === undefined && !request.reachableOnly
  const files = isWhole ? listGitFiles(repository) : []
  const stamps = stampGitFiles(repository, files)
  const absent = watermark?.unchanged(stamps)
  if (absent) {
    run.coverage.add({ complete: absent.length === 0, items: 0, bytes: 0, skipped: [...absent] })
    return
  }
  const gitModule = new WebAssembly.Module(readBuilt('git.wasm'))
  const own = withOwnSearch({ ...run, coverage })
  const tips = digestTips(repository)
  const isWanted = await createPathFilter(request, project, path => path)
  const crew = new WorkerCrew()
  const probe = createLineProbe(rules, module, request)
  const errands = new ErrandRunner(answerWith(probe))
  const { needsWholeTexts } = probe
  const { found, ...read } = await readHistory({
    repository,
    gitModule,
    probe: probeHere(probe),
    attend: () => void errands.run(),
    scan: own.scanContent,
    async scanBlobs(units, read) {
      // All objects are read by then, and others search what they hold.
      await crew.dismiss()
      probe.rest()
      return scanBlobs(own, units, read)
    },
    createThreads: shared =>
      createHistoryThreads(run, { ...shared, repository, gitModule }, { crew, errands, needsWholeTexts }),
    coverage,
    maxFileSize: request.maxFileSize,
    archives: archiveLimitsOf(request),
    isWanted,
    commits,
    reachableOnly: request.reachableOnly,
    earlier: watermark && readEarlier(watermark, repository),
  }).finally(() => crew.dismiss())
  const named = searchRefNames(own, repository)
  add(
    maskPlaces(
      found,
      named.map(({ secret }) => secret),
    ),
  )
  const changed = files.filter(({ path }) => watermark?.stamps[path] !== stamps[path])
  const around = await scanGitDirectory(own, repository, changed, named, isWanted)
  const unread = new Set(files.filter(file => !changed.includes(file)).map(({ path }) => path))
  const { news, told } = selectUntold(
    [...around, ...(isWhole ? named : [])],
    rules.program,
    watermark?.told ?? [],
    path => !unread.has(path.split('!')[0] ?? path),
  )
  add(news)
  run.coverage.add(coverage.result())
  if (watermark) run.afterReport(() => watermark.advance({ ...read, tips, stamps, told }, coverage.result()))
}

function openWatermark(repository: Repository, { context, rules, request }: ScanRun): HistoryWatermark {
  const cache = new CacheDirectory('history', context.env, context.now)
  return new HistoryWatermark(cache, repository, rules.program.hash, request)
}

/** Where an object has come that others named before, what is known may mean something else: all is read again. */
function readEarlier(watermark: HistoryWatermark, repository: Repository): EarlierScan | undefined {
  const earlier = watermark.read()
  // Where only git can tell what has come, all is read again.
  if (!earlier || (repository.unknownExtensions.length > 0 && earlier.missing.length > 0)) return undefined
  const store = new ObjectReader(repository)
  try {
    return earlier.missing.some(id => store.has(id)) ? undefined : earlier
  } finally {
    store.close()
  }
}

/** Undefined where all are asked for. */
async function selectCommits(
  repository: Repository,
  { range, since, branch }: ScanRequest,
): Promise<ReadonlySet<ObjectId> | undefined> {
  if (range === undefined && since === undefined && branch === undefined) return undefined
  return listCommits(repository, { range, since, branch })
}

/** With a search that tells what it skips to the run's own coverage. */
function withOwnSearch(run: ScanRun): ScanRun {
  const { rules, kernel, request, coverage } = run
  return { ...run, scanContent: createContentScanner(rules.program, kernel, request, coverage) }
}

function openRepository(path: string, shown: string): Repository {
  const repository = findRepository(path)
  const naming = repository?.unknownExtensions.find(name => name.startsWith('objectformat='))
  if (naming)
    throw new UserError(
      `"${shown}" names its objects in a way that is not known: extensions.${naming}`,
      'Look for a newer version of stanch.',
    )
  if (repository) return repository
  throw new UserError(`"${shown}" is in no git repository`, 'Name a repository, or leave out --history.')
}
