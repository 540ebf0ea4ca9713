import { type ResourceLimits, Worker } from 'node:worker_threads'
import { createJobQueueState, type JobQueueState, openJobQueue } from './job-queue.ts'
import type { WorkerCrew } from './worker-crew.ts'

/** Does jobs one by one and collects what they give. */
export interface JobRunner<Result> {
  /** A job that takes longer than this call gives a promise; the next one starts when it has settled. */
  run(job: number): void | Promise<void>
  /** In a worker: takes jobs from the end, down to this one, and leaves the others to other threads. */
  lowest?: number | undefined
  /** All that the jobs gave; plain data, as it may come from another thread. */
  result(): Result
}

export interface JobPoolOptions<Result> {
  count: number
  /** Threads to use at most, this one included where it does jobs. */
  threads: number
  /** Milliseconds that this thread works alone before others may join. */
  patience?: number
  /** The work is known to be large, so that workers start at once. */
  isLarge?: boolean
  /** Does jobs in this thread; without it, workers do all of them. */
  local?: JobRunner<Result> | undefined
  /** A module that calls `serveJobs`, and what it needs besides the queue; asked for only when workers start. */
  worker: DescribeWorker
  /** Where workers stay for the next call: one that has been started need not start again. */
  crew?: WorkerCrew
  /** What this thread does while it waits for the others. */
  meanwhile?: ((end: Promise<unknown>) => Promise<void>) | undefined
  /** Is told after each job of this thread how many are done or begun. */
  progress?: (done: number, count: number) => void
}

/**
 * @param thread its number; undefined for one that does jobs after all others
 *
 * `again` is what a worker needs that has done jobs before, `limits` how large its heap may be: one that dies of them is not
 * the last to try. `died` is told what killed one, where it did not just end.
 */
export type DescribeWorker = (thread?: number) => {
  script: URL
  data: unknown
  again?: unknown
  limits?: ResourceLimits
  died?: ((error: unknown) => void) | undefined
}

export interface JobPoolOutcome<Result> {
  results: Result[]
  /** Jobs during which a worker died, and died again when they were tried once more. */
  lost: number[]
}

/** What a worker is started with. */
export interface WorkerStart {
  thread: number
  queue: JobQueueState
  data: unknown
  /** The jobs that its queue counts, where they are not all. */
  only?: readonly number[]
  /** More is to come when these are done. */
  stays?: boolean
}

/**
 * Until a worker has started and runs at speed, this thread alone does so much: less is not worth one. Of two cores the
 * second compiles for half a second what the first one runs, and a worker would only have the same compiled again.
 */
const patienceFor = (threads: number) => (threads > 2 ? 60 : 500)

/**
 * Small work is done in this thread; large work on all threads, which join while this one goes on.
 * The jobs of a worker that dies are done once more.
 */
export async function runJobs<Result>(options: JobPoolOptions<Result>): Promise<JobPoolOutcome<Result>> {
  const { crew, local } = options
  const state = createJobQueueState(options.count, options.threads)
  const queue = openJobQueue(state, 0)
  const workers = local ? await workHere(options, local, state) : startWorkers(options, state, 0)
  const outcome: JobPoolOutcome<Result> = { results: local ? [local.result()] : [], lost: [] }
  const busy = workers.filter(({ thread }) => !local || queue.lastTakenBy(thread) !== undefined)
  await options.meanwhile?.(Promise.all(busy.map(({ ended }) => ended)))
  for (const { thread, worker, ended } of workers) {
    if (local && queue.lastTakenBy(thread) === undefined) {
      await worker.terminate()
      continue
    }
    const end = await ended
    if (end.result !== undefined) {
      outcome.results.push(end.result)
      crew?.keep(thread, worker)
      continue
    }
    const suspect = queue.lastTakenBy(thread)
    const others = queue.takenBy(thread).filter(job => job !== suspect)
    await retry(suspect === undefined ? others : [...others, suspect])
  }
  // Nobody lived to take them.
  await retry(queue.takeAll())
  return outcome

  async function retry(jobs: readonly number[]): Promise<void> {
    const retried = await runApart<Result>(options, jobs)
    outcome.results.push(...retried.results)
    outcome.lost.push(...retried.lost)
  }
}

/** So many workers in a row may die before what is left is given up. */
const MOST_DEATHS = 20

/** Does jobs one after the other in workers only. The one that a worker dies of is lost, the others are done. */
export async function runApart<Result>(
  { worker }: Pick<JobPoolOptions<Result>, 'worker'>,
  jobs: readonly number[],
): Promise<JobPoolOutcome<Result>> {
  const outcome: JobPoolOutcome<Result> = { results: [], lost: [] }
  let open = [...jobs]
  for (let deaths = 0; open.length > 0 && deaths < MOST_DEATHS; deaths++) {
    const state = createJobQueueState(open.length, 2)
    const end = await startWorker<Result>(worker, state, 1, { only: open }).ended
    if (end.result !== undefined) return { ...outcome, results: [...outcome.results, end.result] }
    const suspect = open[openJobQueue(state, 1).lastTakenBy(1) ?? 0]
    if (suspect !== undefined) outcome.lost.push(suspect)
    open = open.filter(job => job !== suspect)
  }
  return { ...outcome, lost: [...outcome.lost, ...open] }
}

/** Does jobs until none are left, and calls for help when they turn out to be many. */
async function workHere<Result>(
  options: JobPoolOptions<Result>,
  local: JobRunner<Result>,
  state: JobQueueState,
): Promise<StartedWorker<Result>[]> {
  const queue = openJobQueue(state, 0)
  const workers: StartedWorker<Result>[] = []
  const patience = options.patience ?? patienceFor(options.threads)
  const started = performance.now()
  let done = 0
  if (options.isLarge || options.crew?.isReady) workers.push(...startWorkers(options, state, 1))
  for (let job = queue.take(); job !== undefined; job = queue.take()) {
    const pending = local.run(job)
    if (pending) await pending
    done++
    options.progress?.(options.count - queue.remaining(), options.count)
    if (workers.length > 0 || options.threads === 1) continue
    if (!pays(performance.now() - started, done, queue.remaining(), patience)) continue
    workers.push(...startWorkers(options, state, 1))
  }
  return workers
}

function pays(elapsed: number, done: number, remaining: number, patience: number): boolean {
  return elapsed > patience && (elapsed / done) * remaining > 1.5 * patience
}

/** @param first the number of the first one: this thread is 0 where it does jobs itself */
function startWorkers<Result>(
  { worker, threads, count, crew }: JobPoolOptions<Result>,
  state: JobQueueState,
  first: 0 | 1,
): StartedWorker<Result>[] {
  const numbers = Array.from({ length: Math.min(threads, count) - first }, (_, i) => first + i)
  return numbers.map(thread => startWorker<Result>(worker, state, thread, { crew }))
}

interface StartedWorker<Result> {
  thread: number
  worker: Worker
  ended: Promise<{ result?: Result }>
}

function startWorker<Result>(
  describe: DescribeWorker,
  queue: JobQueueState,
  thread: number,
  { only, crew }: { only?: readonly number[]; crew?: WorkerCrew | undefined },
): StartedWorker<Result> {
  const { script, data, again = data, limits, died } = describe(only ? undefined : thread)
  // Perhaps it died of them.
  const resourceLimits = only ? {} : { ...limits }
  const kept = crew?.take(thread)
  const start: WorkerStart = {
    ...{ thread, queue, data: kept ? again : data, stays: crew !== undefined },
    ...(only ? { only } : {}),
  }
  kept?.postMessage(start)
  const worker = kept ?? new Worker(script, { workerData: start, resourceLimits })
  const ended = new Promise<{ result?: Result }>(resolve => {
    worker.once('message', (result: Result) => resolve({ result }))
    // An error ends the worker; either way it has no result.
    worker.once('error', error => {
      died?.(error)
      resolve({})
    })
    worker.once('exit', () => resolve({}))
  })
  return { thread, worker, ended }
}
