import { Worker } from 'node:worker_threads'
import { createJobQueueState, type JobQueueState, openJobQueue } from './job-queue.ts'

/** Does jobs one by one and collects what they give. */
export interface JobRunner<Result> {
  /** Answers with a promise only when the job is not done yet. */
  run(job: number): void | Promise<void>
  result(): Result
}

export interface JobPoolOptions<Result> {
  count: number
  /** Threads to use at most, this one included. */
  threads: number
  /** Does jobs in this thread. */
  local: JobRunner<Result>
  /** A module that calls `serveJobs`, and what it needs besides the queue; asked for only when workers start. */
  worker: () => { script: URL; data: unknown }
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
}

/** A worker costs some 40 ms to start: it comes when this thread has worked that long and as much seems left. */
const PATIENCE_MS = 40

/**
 * Small work is done in this thread; large work on all threads, which join while this one goes on.
 * The jobs of a worker that dies are done once more.
 */
export async function runJobs<Result>(options: JobPoolOptions<Result>): Promise<JobPoolOutcome<Result>> {
  const { count, local } = options
  const state = createJobQueueState(count, options.threads)
  const queue = openJobQueue(state, 0)
  const started = performance.now()
  const workers: StartedWorker<Result>[] = []
  let done = 0
  for (let job = queue.take(); job !== undefined; job = queue.take()) {
    const pending = local.run(job)
    if (pending) await pending
    done++
    if (
      workers.length === 0 &&
      options.threads > 1 &&
      pays(performance.now() - started, done, queue.remaining())
    ) {
      for (let thread = 1; thread < options.threads; thread++)
        workers.push(startWorker(options, state, thread))
    }
  }
  const outcome: JobPoolOutcome<Result> = { results: [local.result()], lost: [] }
  for (const { thread, worker, ended } of workers) {
    if (queue.lastTakenBy(thread) === undefined) {
      await worker.terminate()
      continue
    }
    const end = await ended
    if (end.result !== undefined) outcome.results.push(end.result)
    else await retry(options, queue.takenBy(thread), queue.lastTakenBy(thread), outcome)
  }
  return outcome
}

function pays(elapsed: number, done: number, remaining: number): boolean {
  return elapsed > PATIENCE_MS && (elapsed / done) * remaining > PATIENCE_MS
}

/** Gives the jobs of a dead worker to a new one; the job that kills it again is lost. */
async function retry<Result>(
  options: JobPoolOptions<Result>,
  jobs: readonly number[],
  suspect: number | undefined,
  outcome: JobPoolOutcome<Result>,
): Promise<void> {
  // The suspect comes last, so that the others are safe whatever it does.
  const ordered = [...jobs.filter(job => job !== suspect), ...(suspect === undefined ? [] : [suspect])]
  for (const group of [ordered.slice(0, -1), ordered.slice(-1)]) {
    if (group.length === 0) continue
    const end = await startWorker(options, createJobQueueState(group.length, 2), 1, group).ended
    if (end.result !== undefined) outcome.results.push(end.result)
    else outcome.lost.push(...group)
  }
}

interface StartedWorker<Result> {
  thread: number
  worker: Worker
  ended: Promise<{ result?: Result }>
}

function startWorker<Result>(
  options: JobPoolOptions<Result>,
  queue: JobQueueState,
  thread: number,
  only?: readonly number[],
): StartedWorker<Result> {
  const { script, data } = options.worker()
  const worker = new Worker(script, { workerData: { thread, queue, data, only } })
  const ended = new Promise<{ result?: Result }>(resolve => {
    worker.once('message', (result: Result) => resolve({ result }))
    // An error ends the worker; either way it has no result.
    worker.once('error', () => resolve({}))
    worker.once('exit', () => resolve({}))
  })
  return { thread, worker, ended }
}
