import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { Catalog, type CatalogData } from '../../../git/catalog.ts'
import { CatalogReader } from '../../../git/catalog-reader.ts'
import { createGitCore } from '../../../git/git-core.ts'
import { ObjectStore } from '../../../git/object-store.ts'
import { planJobs, type ReadJobs } from '../../../git/plan-jobs.ts'
import type { Repository } from '../../../git/repository.ts'
import { selectOnce } from '../../../git/select-objects.ts'
import type { TreeLinks } from '../../../git/tree-lists.ts'
import type { EncodedForm } from '../../../incident/purge/encoded-forms.ts'
import { assetPath, readBuilt } from '../../../system/assets.ts'
import { type JobPoolOutcome, type JobRunner, runJobs } from '../../../system/job-pool.ts'
import { LinkSearch } from './link-search.ts'
import { SuspectSearch, type Suspects } from './suspect-search.ts'

/** What the threads of a purge share: a repository and how to go through it. Plain data, the large parts in shared memory. */
export interface PurgeReading {
  repository: Repository
  catalog: CatalogData
  gitModule: WebAssembly.Module
  select: Uint8Array | undefined
}

/** What a worker is started with. */
export interface PurgeWorkerData extends PurgeReading {
  jobs: ReadJobs
  work:
    | { kind: 'suspects'; forms: readonly { name: string; bytes: Uint8Array }[] }
    | { kind: 'links'; wanted: Uint32Array }
}

export function createReading({ repository }: ObjectStore, catalog: Catalog): PurgeReading {
  const gitModule = new WebAssembly.Module(readBuilt('git.wasm'))
  return { repository, catalog: catalog.data, gitModule, select: selectOnce(catalog) }
}

/** Reads all objects of a catalogue, on all cores where that pays. */
export function findSuspects(
  reading: PurgeReading,
  store: ObjectStore,
  catalog: Catalog,
  forms: readonly EncodedForm[],
): Promise<JobPoolOutcome<Suspects>> {
  const jobs = planJobs(catalog, ['blob', 'tree', 'commit', 'tag'])
  const data: PurgeWorkerData = { ...reading, jobs, work: { kind: 'suspects', forms } }
  return run(data, createSuspectJobs(data, forms, store, catalog))
}

/** Reads all trees for what leads to some objects. The search of this thread knows the numbers of objects, too. */
export async function findLinks(
  reading: PurgeReading,
  store: ObjectStore,
  catalog: Catalog,
  wanted: Uint32Array,
): Promise<JobPoolOutcome<TreeLinks> & { search: LinkSearch }> {
  const jobs = planJobs(catalog, ['tree'])
  const data: PurgeWorkerData = { ...reading, jobs, work: { kind: 'links', wanted } }
  const search = new LinkSearch(createGitCore(reading.gitModule), catalog, store, wanted)
  return { ...(await run(data, toRunner(search, data))), search }
}

function run<Result>(data: PurgeWorkerData, local: JobRunner<Result>): Promise<JobPoolOutcome<Result>> {
  return runJobs({
    count: data.jobs.count,
    threads: availableParallelism(),
    local,
    worker: () => ({ script: pathToFileURL(assetPath('dist/purge-worker.js')), data }),
  })
}

/** The worker's side: the same work with a reader of its own. */
export function createPurgeWorkerJobs(data: PurgeWorkerData): JobRunner<Suspects | TreeLinks> {
  const { work, gitModule } = data
  const catalog = new Catalog(data.catalog)
  const store = new ObjectStore(
    data.repository,
    catalog.packs.map(({ pack }) => pack),
  )
  if (work.kind === 'links')
    return toRunner(new LinkSearch(createGitCore(gitModule), catalog, store, work.wanted), data)
  // Of what comes from another thread, buffers have become plain arrays.
  const forms = work.forms.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes) }))
  return createSuspectJobs(data, forms, store, catalog)
}

function toRunner(search: LinkSearch, { jobs, select }: PurgeWorkerData): JobRunner<TreeLinks> {
  return { run: job => search.run(jobs, job, select), result: () => search.result() }
}

function createSuspectJobs(
  { gitModule, jobs, select, repository }: PurgeWorkerData,
  forms: readonly EncodedForm[],
  store: ObjectStore,
  catalog: Catalog,
): JobRunner<Suspects> {
  const core = createGitCore(gitModule)
  const reader = new CatalogReader(core, catalog, store)
  const search = new SuspectSearch(core, reader, { forms, select, hash: repository.hash })
  return { run: job => search.run(jobs, job), result: () => search.result() }
}
