/**
 * Jobs are the numbers 0 … count - 1. Threads take them from atomic counters, so that all end at the same time
 * whatever a job weighs. Who took which job stays on record, so that those of a thread that died can be given out again.
 */
export interface JobQueue {
  /** The next job, marked as this thread's; undefined when there is none left. */
  take(): number | undefined
  /** The last job that is left, marked as this thread's; undefined when there is none from `first` on. */
  takeLast(first: number): number | undefined
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
  /** The next job, how many were taken from the end, then each thread's last one (plus 1). */
  counters: Int32Array
  /** For each job the thread (plus 1) that took it. */
  owners: Uint8Array
}

/** Places in `counters`. */
const [FRONT, BACK, HEAD] = [0, 1, 2] as const

export function createJobQueueState(count: number, threads: number): JobQueueState {
  return {
    counters: new Int32Array(new SharedArrayBuffer(4 * (HEAD + threads))),
    owners: new Uint8Array(new SharedArrayBuffer(count)),
  }
}

export function openJobQueue({ counters, owners }: JobQueueState, self: number): JobQueue {
  return { take, takeLast, takeAll, remaining, takenBy, lastTakenBy }

  function take(): number | undefined {
    for (;;) {
      const job = Atomics.add(counters, FRONT, 1)
      if (job >= owners.length) return undefined
      if (claim(job)) return job
    }
  }

  function takeLast(first: number): number | undefined {
    for (;;) {
      const job = owners.length - 1 - Atomics.add(counters, BACK, 1)
      if (job < first) return undefined
      if (claim(job)) return job
    }
  }

  /** Both ends may come to the same job. */
  function claim(job: number): boolean {
    if (Atomics.compareExchange(owners, job, 0, self + 1) !== 0) return false
    Atomics.store(counters, HEAD + self, job + 1)
    return true
  }

  function takeAll(): number[] {
    const jobs: number[] = []
    for (let job = take(); job !== undefined; job = take()) jobs.push(job)
    return jobs
  }

  function remaining(): number {
    return Math.max(0, owners.length - Atomics.load(counters, FRONT) - Atomics.load(counters, BACK))
  }

  function takenBy(thread: number): number[] {
    return Array.from(owners.keys()).filter(job => owners[job] === thread + 1)
  }

  function lastTakenBy(thread: number): number | undefined {
    const last = Atomics.load(counters, HEAD + thread)
    return last === 0 ? undefined : last - 1
  }
}
