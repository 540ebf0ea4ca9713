/** A worker that notes which jobs it does, and dies of some of them. */
import { serveJobs } from '../../src/system/serve-jobs.ts'

export interface FaultyWork {
  /** Job → how often it still kills; in shared memory, so that a worker's death is not forgotten. */
  kills: Int32Array
  /** Set once a worker has begun. */
  begun: Int32Array
  /** Whether it dies of an error or just ends. */
  byError: boolean
  /** What each job needs of the heap. */
  megabytes?: number
}

await serveJobs<number[]>(data => {
  const { kills, begun, byError, megabytes = 0 } = data as FaultyWork
  const done: number[] = []
  return {
    run(job) {
      Atomics.store(begun, 0, 1)
      if (Atomics.load(kills, job) > 0) {
        Atomics.sub(kills, job, 1)
        if (byError) throw new Error('on purpose')
        process.exit(1)
      }
      const held = Array.from({ length: megabytes }, () => new Array(2 ** 17).fill(job))
      if (held.length !== megabytes || job % 2) {
        done.push(job)
        return
      }
      // Some jobs take longer than the call.
      return Promise.resolve().then(() => {
        done.push(job)
      })
    },
    result: () => done,
  }
})
