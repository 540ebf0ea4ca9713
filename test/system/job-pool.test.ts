import { setTimeout } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { type JobPoolOutcome, runApart, runJobs } from '../../src/system/job-pool.ts'
import { WorkerCrew } from '../../src/system/worker-crew.ts'
import { bundleScript } from '../support/bundle-script.ts'
import type { FaultyWork } from '../support/faulty-worker.ts'

let script: URL

beforeAll(async () => {
  script = await bundleScript('faulty-worker.ts')
})

const COUNT = 300
const allJobs = Array.from({ length: COUNT }, (_, job) => job)

test('few jobs are done in this thread', async () => {
  const done: number[] = []
  const { results, lost } = await runJobs<number[]>({
    count: 10,
    threads: 4,
    local: { run: job => void done.push(job), result: () => done },
    worker: () => {
      throw new Error('no worker is needed')
    },
  })
  expect({ results, lost }).toEqual({ results: [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]], lost: [] })
})

test('many jobs are done by all threads, each job by one', async () => {
  const outcome = await runMany(faultyWork({}), 3)
  expect(doneJobs(outcome)).toEqual(allJobs)
  expect(outcome.results.length).toBeGreaterThan(1)
  expect(outcome.lost).toEqual([])
})

test('one thread asked for is one thread used', async () => {
  const { results } = await runJobs<number[]>({
    count: 4,
    threads: 1,
    local: { run: async () => setTimeout(40), result: () => [] },
    worker: () => {
      throw new Error('no worker was asked for')
    },
  })
  expect(results).toEqual([[]])
})

test.each([
  ['ends', false],
  ['throws', true],
])('the jobs of a worker that %s are done once more', async (_title, byError) => {
  const outcome = await runMany(faultyWork({ [COUNT - 1]: 1 }, byError), 2)
  expect(doneJobs(outcome)).toEqual(allJobs)
  expect(outcome.lost).toEqual([])
})

test('what a worker died of is told, each time', async () => {
  const told: unknown[] = []
  const work = faultyWork({ 0: 9 }, true)
  const worker = () => ({ script, data: work, died: (error: unknown) => void told.push(error) })
  await runApart<number[]>({ worker }, [0, 1])
  expect(told).toEqual([new Error('on purpose')])
})

test('a job that kills every worker is lost, and no other', async () => {
  const culprit = COUNT - 1
  const outcome = await runMany(faultyWork({ [culprit]: 99 }), 2)
  expect(doneJobs(outcome)).toEqual(allJobs.filter(job => job !== culprit))
  expect(outcome.lost).toEqual([culprit])
})

test.each([
  ['live', {}, []],
  ['die before all jobs are taken', { 0: 1, 1: 1, 7: 99 }, [7]],
])(
  'where this thread does none, jobs are done by workers that %s',
  async (_title, kills: Record<number, number>, lost: number[]) => {
    const work = faultyWork(kills)
    const outcome = await runJobs<number[]>({
      count: COUNT,
      threads: 2,
      worker: () => ({ script, data: work }),
    })
    expect(doneJobs(outcome)).toEqual(allJobs.filter(job => !lost.includes(job)))
    expect(outcome.lost).toEqual(lost)
  },
)

test('a worker that dies of what its heap may be is not the last to try', async () => {
  const limits = { maxOldGenerationSizeMb: 20 }
  const work: FaultyWork = { ...faultyWork({}), megabytes: 40 }
  const outcome = await runJobs<number[]>({
    count: 2,
    threads: 1,
    worker: () => ({ script, data: work, limits }),
  })
  expect(doneJobs(outcome)).toEqual([0, 1])
})

test('jobs done apart are lost only if a worker dies of them', async () => {
  const work = faultyWork({ 2: 9, 5: 9 })
  const outcome = await runApart<number[]>({ worker: () => ({ script, data: work }) }, [0, 1, 2, 3, 5, 8])
  expect(doneJobs(outcome)).toEqual([0, 1, 3, 8])
  expect(outcome.lost).toEqual([2, 5])
})

test('a crew goes on with the next jobs, and those of one that dies meanwhile are done by another', async () => {
  const crew = new WorkerCrew()
  const first = await runMany(faultyWork({}), 2, { crew })
  const outsider = faultyWork({})
  const next = faultyWork({})
  const second = await runMany(next, 2, { crew, outsider })
  expect([first, second].map(doneJobs)).toEqual([allJobs, allJobs])
  expect([outsider, next].map(({ begun }) => begun[0])).toEqual([0, 1])
  const killed = await runMany(faultyWork({ [COUNT - 1]: 1 }), 2, { crew })
  expect(doneJobs(killed)).toEqual(allJobs)
  await crew.dismiss()
  expect(crew.isReady).toBe(false)
})

/** This thread does the first jobs slowly, and waits with the next one until a worker is at work. */
function runMany(
  work: FaultyWork,
  threads: number,
  { crew, outsider = work }: { crew?: WorkerCrew; outsider?: FaultyWork } = {},
): Promise<JobPoolOutcome<number[]>> {
  const done: number[] = []
  return runJobs<number[]>({
    count: COUNT,
    threads,
    patience: 60,
    local: {
      async run(job) {
        await setTimeout(20)
        while (done.length > 10 && Atomics.load(work.begun, 0) === 0) await setTimeout(5)
        done.push(job)
      },
      result: () => done,
    },
    worker: () => ({ script, data: outsider, again: work }),
    ...(crew ? { crew } : {}),
  })
}

function faultyWork(kills: Record<number, number>, byError = false): FaultyWork {
  const work = {
    kills: new Int32Array(new SharedArrayBuffer(4 * COUNT)),
    begun: new Int32Array(new SharedArrayBuffer(4)),
    byError,
  }
  for (const [job, times] of Object.entries(kills)) work.kills[Number(job)] = times
  return work
}

function doneJobs({ results }: JobPoolOutcome<number[]>): number[] {
  return results.flat().sort((a, b) => a - b)
}
