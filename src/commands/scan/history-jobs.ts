import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { Catalog, type CatalogData } from '../../git/catalog.ts'
import { ObjectStore } from '../../git/object-store.ts'
import type { Repository } from '../../git/repository.ts'
import { HistoryThread } from '../../sources/history/history-thread.ts'
import {
  createHolderJobs,
  createTextJobs,
  createTreeJobs,
  type HistoryFindings,
  type HistoryWork,
  type RunHistoryWork,
} from '../../sources/history/history-work.ts'
import { assetPath } from '../../system/assets.ts'
import { type JobRunner, runJobs } from '../../system/job-pool.ts'
import type { WorkerCrew } from '../../system/worker-crew.ts'
import type { Selection } from './content-scanner.ts'
import { createDeathNotice } from './describe-death.ts'
import { createLineProbe } from './line-probe.ts'
import { type OwnRules, readWorkerRules, shareOwnRules } from './scan-jobs.ts'
import type { ScanRun } from './scan-run.ts'

/** What a worker that reads a history is started with: plain data, the large parts in shared memory. */
export interface HistoryWorkerData {
  work: HistoryWork
  repository: Repository
  catalog: CatalogData
  own?: OwnRules
  module: WebAssembly.Module | undefined
  gitModule: WebAssembly.Module
  selection: Selection
  key: bigint
}

const steps = {
  text: 'reading files and messages',
  holders: 'looking at files once more',
  trees: 'reading directories',
} as const

/** So many jobs are worth all threads from the start. */
const MANY_JOBS = 12

/** Has the objects of a history read on all cores where that pays, by a crew that stays for what comes next. */
export function createHistoryThreads(
  { request, rules, module, context }: ScanRun,
  shared: Pick<HistoryWorkerData, 'repository' | 'catalog' | 'gitModule' | 'key'>,
  crew: WorkerCrew,
): RunHistoryWork {
  const { settings: _settings, listing: _listing, ...selection } = request
  const threads = request.jobs || availableParallelism()
  const died = createDeathNotice({ context, request })
  return (work, local) => {
    const data = (): HistoryWorkerData => ({ ...shared, work, module, selection, ...shareOwnRules(rules) })
    const worker = () => ({
      script: pathToFileURL(assetPath('dist/history-worker.js')),
      data: data(),
      again: { work },
      died,
    })
    const { count, work: sums, packed } = work.jobs
    const bytes = readsAll(work) ? packed : undefined
    const progress = (done: number) =>
      context.progress?.(steps[work.kind], sums[done - 1] ?? 0, sums[count - 1] ?? 0, bytes)
    return runJobs({ ...{ count, threads, local, worker, crew, progress }, isLarge: count >= MANY_JOBS })
  }
}

/** Else it is not known beforehand how much of the packs is read. */
function readsAll(work: HistoryWork): boolean {
  return work.kind === 'trees' || (work.kind === 'text' && !work.known)
}

/** The worker's side: the same work with a reader and a search of its own, which it keeps for what comes next. */
export function createHistoryWorker(): (
  data: HistoryWorkerData | Pick<HistoryWorkerData, 'work'>,
) => JobRunner<HistoryFindings> {
  let thread: HistoryThread | undefined
  return data => {
    if ('catalog' in data) thread = createThread(data)
    if (!thread) throw new Error('A worker was given work before all that it needs')
    const { work } = data
    if (work.kind === 'text') return createTextJobs(thread, work)
    return work.kind === 'holders' ? createHolderJobs(thread, work) : createTreeJobs(thread, work)
  }
}

function createThread(data: HistoryWorkerData): HistoryThread {
  const { program, automaton } = readWorkerRules(data.own)
  const probe = createLineProbe(program, automaton, data.module, data.selection)
  const catalog = new Catalog(data.catalog)
  const store = new ObjectStore(
    data.repository,
    catalog.packs.map(({ pack }) => pack),
  )
  return new HistoryThread(catalog, probe, { wasm: data.gitModule, store, key: data.key })
}
