import { Catalog } from '../../git/catalog.ts'
import { ObjectStore } from '../../git/object-store.ts'
import { createAskedProbe } from '../../sources/history/ask-probe.ts'
import { HistoryThread } from '../../sources/history/history-thread.ts'
import { createRestJobs, createTextJobs, type HistoryFindings } from '../../sources/history/history-work.ts'
import { probeHere, type ThreadProbe } from '../../sources/history/probe.ts'
import { Errands } from '../../system/errands.ts'
import type { JobRunner } from '../../system/job-pool.ts'
import type { HistoryWorkerData } from './history-jobs.ts'

/** The worker's side: the same work with a reader and a search of its own, which it keeps for what comes next. */
export function createHistoryWorker(): (
  data: HistoryWorkerData | Pick<HistoryWorkerData, 'work'>,
) => Promise<JobRunner<HistoryFindings>> {
  let thread: HistoryThread | undefined
  return async data => {
    if ('catalog' in data) thread = await createThread(data)
    if (!thread) throw new Error('A worker was given work before all that it needs')
    const { work } = data
    return work.kind === 'text' ? createTextJobs(thread, work) : createRestJobs(thread, work)
  }
}

async function createThread(data: HistoryWorkerData): Promise<HistoryThread> {
  const catalog = new Catalog(data.catalog)
  const store = new ObjectStore(
    data.repository,
    catalog.packs.map(({ pack }) => pack),
  )
  return new HistoryThread(catalog, await createProbe(data), { wasm: data.gitModule, store, key: data.key })
}

async function createProbe({ asked, own, module, selection }: HistoryWorkerData): Promise<ThreadProbe> {
  if (asked) return createAskedProbe(new Errands(asked.errands), asked.needsWholeTexts)
  // A thread that asks another one needs nothing of all that searches.
  const { createWorkerProbe } = await import('./worker-probe.ts')
  return probeHere(createWorkerProbe(own, module, selection))
}
