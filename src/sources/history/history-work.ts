import type { HashName } from '../../git/object-id.ts'
import type { ReadJobs } from '../../git/plan-jobs.ts'
import type { JobPoolOutcome, JobRunner } from '../../system/job-pool.ts'
import { CandidateSearch, type Candidates } from './candidate-search.ts'
import type { HistoryThread } from './history-thread.ts'
import { HolderCheck, type HolderCheckOptions } from './holder-check.ts'
import { type TreeFindings, TreeSearch } from './tree-search.ts'

/** What threads do together. Plain data. */
export type HistoryWork = TextWork | RestWork
export type HistoryFindings = Candidates | RestFindings

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

/** What comes after texts: looking at some of them once more, and directories. */
export interface RestWork {
  kind: 'rest'
  /** Jobs of this come first. */
  texts: (HolderCheckOptions & { jobs: ReadJobs }) | undefined
  jobs: ReadJobs
  select: Uint8Array | undefined
  /** Numbers of the objects whose paths will be asked for. */
  wanted: Uint32Array
}

export interface RestFindings {
  /** Numbers of blobs that hold nothing after all. */
  empty: Uint32Array
  trees: TreeFindings | undefined
}

/** Has jobs done in this thread, and in others that make their runners of the same work. */
export type RunHistoryWork = <Result extends HistoryFindings>(
  work: HistoryWork,
  local: JobRunner<Result>,
) => Promise<JobPoolOutcome<Result>>

/** The parts of a work, whose jobs follow each other. */
export function partsOf(work: HistoryWork): ReadJobs[] {
  return work.kind === 'rest' && work.texts ? [work.texts.jobs, work.jobs] : [work.jobs]
}

export function createTextJobs(thread: HistoryThread, work: TextWork): JobRunner<Candidates> {
  const search = new CandidateSearch(thread, work)
  return { run: job => search.run(work.jobs, job), result: () => search.result() }
}

/**
 * Texts before directories, as a thread gives back what texts needed. One that has another thread search for it begins with
 * directories: what is to be looked at once more is nearly all search.
 */
export function createRestJobs(thread: HistoryThread, { texts, ...work }: RestWork): JobRunner<RestFindings> {
  const first = texts?.jobs.count ?? 0
  let check: HolderCheck | undefined
  let search: TreeSearch | undefined
  let empty = new Uint32Array(0)
  return {
    lowest: thread.probe.lines.isElsewhere ? first : undefined,
    run(job) {
      if (texts && job < first) {
        check ??= new HolderCheck(thread, texts)
        check.run(texts.jobs, job)
      } else {
        endCheck()
        search ??= new TreeSearch(thread, work.select, work.wanted)
        search.run(work.jobs, job - first)
      }
    },
    result() {
      endCheck()
      return { empty, trees: search?.result() }
    },
  }

  function endCheck(): void {
    if (!check) return
    empty = Uint32Array.from([...empty, ...check.result()])
    check = undefined
  }
}
