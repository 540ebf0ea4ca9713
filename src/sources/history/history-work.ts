import type { HashName } from '../../git/object-id.ts'
import type { ReadJobs } from '../../git/plan-jobs.ts'
import type { JobPoolOutcome, JobRunner } from '../../system/job-pool.ts'
import { CandidateSearch, type Candidates } from './candidate-search.ts'
import type { HistoryThread } from './history-thread.ts'
import { type CheckedHolders, HolderCheck } from './holder-check.ts'
import { type TreeFindings, TreeSearch } from './tree-search.ts'

/** What threads do together. Plain data. */
export type HistoryWork = TextWork | HolderWork | TreeWork
export type HistoryFindings = Candidates | CheckedHolders | TreeFindings

export interface TextWork {
  kind: 'text'
  jobs: ReadJobs
  hash: HashName
  maxFileSize: number
  /** Objects to visit, as flags of select-objects.ts; all where it is undefined. */
  select: Uint8Array | undefined
  /** Commits that are read for what they lead to and not searched: number → 1. */
  known: Uint8Array | undefined
}

export interface HolderWork {
  kind: 'holders'
  jobs: ReadJobs
  /** Blobs to look at, and what they are based on, as flags of select-objects.ts. */
  select: Uint8Array
  marks: readonly BigUint64Array[]
}

export interface TreeWork {
  kind: 'trees'
  jobs: ReadJobs
  select: Uint8Array | undefined
  /** Numbers of the objects whose paths will be asked for. */
  wanted: Uint32Array
}

/** Has jobs done in this thread, and in others that make their runners of the same work. */
export type RunHistoryWork = <Result extends HistoryFindings>(
  work: HistoryWork,
  local: JobRunner<Result>,
) => Promise<JobPoolOutcome<Result>>

export function createTextJobs(thread: HistoryThread, work: TextWork): JobRunner<Candidates> {
  const search = new CandidateSearch(thread, work)
  return { run: job => search.run(work.jobs, job), result: () => search.result() }
}

export function createHolderJobs(thread: HistoryThread, work: HolderWork): JobRunner<CheckedHolders> {
  const check = new HolderCheck(thread, work)
  return { run: job => check.run(work.jobs, job), result: () => check.result() }
}

export function createTreeJobs(thread: HistoryThread, work: TreeWork): JobRunner<TreeFindings> {
  const search = new TreeSearch(thread, work.select, work.wanted)
  return { run: job => search.run(work.jobs, job), result: () => search.result() }
}
