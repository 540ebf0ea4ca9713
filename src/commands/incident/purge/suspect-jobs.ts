import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { Catalog, type CatalogData } from '../../../git/catalog.ts'
import { CatalogReader } from '../../../git/catalog-reader.ts'
import { createGitCore } from '../../../git/git-core.ts'
import { ObjectStore } from '../../../git/object-store.ts'
import { planJobs, type ReadJobs } from '../../../git/plan-jobs.ts'
import type { Repository } from '../../../git/repository.ts'
import { selectOnce } from '../../../git/select-objects.ts'
import type { EncodedForm } from '../../../incident/purge/encoded-forms.ts'
import { assetPath, readBuilt } from '../../../system/assets.ts'
import { type JobPoolOutcome, type JobRunner, runJobs } from '../../../system/job-pool.ts'
import { SuspectSearch, type Suspects } from './suspect-search.ts'

/** What a worker that looks for suspects is started with: plain data, the large parts in shared memory. */
export interface PurgeWorkerData {
  repository: Repository
  catalog: CatalogData
  gitModule: WebAssembly.Module
  jobs: ReadJobs
  select: Uint8Array | undefined
  forms: readonly { name: string; bytes: Uint8Array }[]
}

/** Reads all objects of a catalogue, on all cores where that pays. */
export function findSuspects(
  store: ObjectStore,
  catalog: Catalog,
  forms: readonly EncodedForm[],
  threads = availableParallelism(),
): Promise<JobPoolOutcome<Suspects>> {
  const data: PurgeWorkerData = {
    repository: store.repository,
    catalog: catalog.data,
    gitModule: new WebAssembly.Module(readBuilt('git.wasm')),
    jobs: planJobs(catalog, ['blob', 'tree', 'commit', 'tag']),
    select: selectOnce(catalog),
    forms,
  }
  return runJobs({
    count: data.jobs.count,
    threads,
    local: createJobs(data, store, catalog),
    worker: () => ({ script: pathToFileURL(assetPath('dist/purge-worker.js')), data }),
  })
}

/** The worker's side: the same work with a reader of its own. */
export function createPurgeWorkerJobs(data: PurgeWorkerData): JobRunner<Suspects> {
  const catalog = new Catalog(data.catalog)
  const store = new ObjectStore(
    data.repository,
    catalog.packs.map(({ pack }) => pack),
  )
  return createJobs(data, store, catalog)
}

function createJobs(
  { gitModule, jobs, forms, select }: PurgeWorkerData,
  store: ObjectStore,
  catalog: Catalog,
): JobRunner<Suspects> {
  const core = createGitCore(gitModule)
  const reader = new CatalogReader(core, catalog, store)
  // Of what comes from another thread, buffers have become plain arrays.
  const own = forms.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes) }))
  const search = new SuspectSearch(core, reader, own, select)
  return { run: job => search.run(jobs, job), result: () => search.result() }
}
