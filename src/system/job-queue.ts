/**
 * Jobs are the numbers 0 … count - 1. Threads take them from one atomic counter, so that all end at the same time
 * whatever a job weighs. Who took which job stays on record, so that those of a thread that died can be given out again.
 */
export interface JobQueue {
  /** The next job, marked as this thread's; undefined when there is none left. */
  take(): number | undefined
  /** All that are left, marked as this thread's. */
  takeAll(): number[]
  /** Jobs that nobody has taken yet. */
  remaining(): number
  takenBy(thread: number): number[]
  /** The job that a thread took last. */
  lastTakenBy(thread: number): number | undefined
}

/** What threads share. */
export interface JobQueueState {
  /** The next job, then each thread's last one (plus 1). */
  counters: Int32Array
  /** For each job the thread (plus 1) that took it. */
  owners: Uint8Array
}

export function createJobQueueState(count: number, threads: number): JobQueueState {
  return {
    counters: new Int32Array(new SharedArrayBuffer(4 * (1 + threads))),
    owners: new Uint8Array(new SharedArrayBuffer(count)),
  }
}

export function openJobQueue({ counters, owners }: JobQueueState, self: number): JobQueue {
  return { take, takeAll, remaining, takenBy, lastTakenBy }

  function take(): number | undefined {
    const job = Atomics.add(counters, 0, 1)
    if (job >= owners.length) return undefined
    owners[job] = self + 1
    Atomics.store(counters, 1 + self, job + 1)
    return job
  }

  function takeAll(): number[] {
    const jobs: number[] = []
    for (let job = take(); job !== undefined; job = take()) jobs.push(job)
    return jobs
  }

  function remaining(): number {
    return Math.max(0, owners.length - Atomics.load(counters, 0))
  }

  function takenBy(thread: number): number[] {
    return Array.from(owners.keys()).filter(job => owners[job] === thread + 1)
  }

  function lastTakenBy(thread: number): number | undefined {
    const last = Atomics.load(counters, 1 + thread)
    return last === 0 ? undefined : last - 1
  }
}
