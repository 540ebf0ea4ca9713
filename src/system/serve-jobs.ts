import { parentPort, workerData } from 'node:worker_threads'
import type { JobRunner, WorkerStart } from './job-pool.ts'
import { openJobQueue } from './job-queue.ts'

type CreateRunner<Result> = (data: unknown) => JobRunner<Result> | Promise<JobRunner<Result>>

/**
 * The worker's side of `runJobs`: takes jobs until there are none, then hands over the result. One that stays is told
 * what to do next.
 * @param createRunner is asked once for each `runJobs`
 */
export async function serveJobs<Result>(createRunner: CreateRunner<Result>): Promise<void> {
  for (let start: WorkerStart | undefined = workerData; start; ) {
    const next = start.stays ? nextStart() : undefined
    parentPort?.postMessage(await serve(start, createRunner))
    start = await next
  }
}

function nextStart(): Promise<WorkerStart> {
  return new Promise(resolve => parentPort?.once('message', resolve))
}

async function serve<Result>(
  { thread, queue, data, only }: WorkerStart,
  createRunner: CreateRunner<Result>,
): Promise<Result> {
  const runner = await createRunner(data)
  const jobs = openJobQueue(queue, thread)
  const { lowest } = runner
  const take = () => (lowest === undefined || only ? jobs.take() : jobs.takeLast(lowest))
  for (let job = take(); job !== undefined; job = take()) {
    const pending = runner.run(only?.[job] ?? job)
    if (pending) await pending
  }
  return runner.result()
}
