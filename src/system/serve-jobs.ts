import { parentPort, workerData } from 'node:worker_threads'
import type { JobRunner, WorkerStart } from './job-pool.ts'
import { openJobQueue } from './job-queue.ts'

/** The worker's side of `runJobs`: takes jobs until there are none, then hands over the result. */
export async function serveJobs<Result>(
  createRunner: (data: unknown) => JobRunner<Result> | Promise<JobRunner<Result>>,
): Promise<void> {
  const { thread, queue, data, only }: WorkerStart = workerData
  const runner = await createRunner(data)
  const jobs = openJobQueue(queue, thread)
  for (let job = jobs.take(); job !== undefined; job = jobs.take()) {
    const pending = runner.run(only?.[job] ?? job)
    if (pending) await pending
  }
  parentPort?.postMessage(runner.result())
}
