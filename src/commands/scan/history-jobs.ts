import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import type { CatalogData } from '../../git/catalog.ts'
import type { ReadJobs } from '../../git/plan-jobs.ts'
import type { Repository } from '../../git/repository.ts'
import { type HistoryWork, partsOf, type RunHistoryWork } from '../../sources/history/history-work.ts'
import { assetPath } from '../../system/assets.ts'
import type { ErrandRunner, ErrandState } from '../../system/errands.ts'
import { runJobs } from '../../system/job-pool.ts'
import type { WorkerCrew } from '../../system/worker-crew.ts'
import type { Selection } from './content-scanner.ts'
import { createDeathNotice } from './describe-death.ts'
import { type OwnRules, shareOwnRules } from './scan-jobs.ts'
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
  /** Where another thread searches what this one reads. */
  asked?: { errands: ErrandState; needsWholeTexts: boolean }
}

const steps = {
  text: 'reading files and messages',
  rest: 'reading directories',
} as const

/** So many jobs are worth all threads from the start. */
const MANY_JOBS = 12

/** This thread can search for one more than itself. */
const FIRST_WORKER = 1

export interface HistoryCrew {
  crew: WorkerCrew
  /** What the first worker asks this thread for. */
  errands: ErrandRunner
  needsWholeTexts: boolean
}

/** Has the objects of a history read on all cores where that pays, by a crew that stays for what comes next. */
export function createHistoryThreads(
  { request, rules, module, context }: ScanRun,
  shared: Pick<HistoryWorkerData, 'repository' | 'catalog' | 'gitModule' | 'key'>,
  { crew, errands, needsWholeTexts }: HistoryCrew,
): RunHistoryWork {
  const { settings: _settings, listing: _listing, ...selection } = request
  const threads = request.jobs || availableParallelism()
  const died = createDeathNotice({ context, request })
  return (work, local) => {
    const data = (): HistoryWorkerData => ({ ...shared, work, module, selection, ...shareOwnRules(rules) })
    const ask = () => ({ errands: errands.open(), needsWholeTexts })
    const worker = (thread?: number) => ({
      script: pathToFileURL(assetPath('dist/history-worker.js')),
      data: thread === FIRST_WORKER && !crew.holds(thread) ? { ...data(), asked: ask() } : data(),
      again: { work },
      died,
    })
    const parts = partsOf(work)
    const count = parts.reduce((sum, jobs) => sum + jobs.count, 0)
    const bytes = readsAll(work) ? work.jobs.packed : undefined
    const progress = (done: number) =>
      context.progress?.(steps[work.kind], sumUpTo(parts, done), sumUpTo(parts, count), bytes)
    const meanwhile = (end: Promise<unknown>) => errands.runUntil(end)
    return runJobs({
      ...{ count, threads, local, worker, crew, progress, meanwhile },
      isLarge: count >= MANY_JOBS,
    })
  }
}

/** How much work the first jobs are. */
function sumUpTo(parts: readonly ReadJobs[], count: number): number {
  let left = count
  let sum = 0
  for (const jobs of parts) {
    sum += jobs.work[Math.min(left, jobs.count) - 1] ?? 0
    left = Math.max(0, left - jobs.count)
  }
  return sum
}

/** Else it is not known beforehand how much of the packs is read. */
function readsAll(work: HistoryWork): boolean {
  return work.kind === 'text' && !work.known
}
