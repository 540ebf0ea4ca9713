import { CoverageTally } from '../../coverage.ts'
import type { CommitRecords } from '../../git/commit-log.ts'
import type { ReadJobs } from '../../git/plan-jobs.ts'
import { passToBases, VISIT, withDependants } from '../../git/select-objects.ts'
import type { TreeLinks } from '../../git/tree-lists.ts'
import type { Coverage } from '../../model.ts'
import type { Candidates } from './candidate-search.ts'
import type { HistoryThread } from './history-thread.ts'
import {
  createRestJobs,
  createTextJobs,
  type HistoryWork,
  partsOf,
  type RestWork,
  type RunHistoryWork,
  type TextWork,
} from './history-work.ts'
import type { TreeFindings } from './tree-search.ts'

interface Means {
  thread: HistoryThread
  run: RunHistoryWork
  coverage: CoverageTally
}

/** What all threads found in texts. */
export interface TextFindings {
  /** Texts that may hold a match by their lines, and those based on them. */
  texts: Set<number>
  /** What is no text, to be looked at whole. */
  opaque: Set<number>
  /** Units of text in which something was found. */
  marks: readonly BigUint64Array[]
  commits: readonly CommitRecords[]
  failed: Candidates['failed']
}

export async function searchTexts(work: TextWork, means: Means): Promise<TextFindings> {
  const { results, lost } = await means.run(work, createTextJobs(means.thread, work))
  noteLost(work, lost, means)
  for (const { coverage } of results) means.coverage.add(coverage)
  const opaque = new Set(results.flatMap(({ opaque }) => [...opaque]))
  const texts = withDependants(
    means.thread.catalog,
    results.flatMap(({ holders }) => [...holders]),
  )
  for (const number of opaque) texts.delete(number)
  for (const number of texts) if (work.known?.[number] === 1) texts.delete(number)
  return {
    texts,
    opaque,
    marks: results.map(({ marks }) => marks),
    commits: results.map(({ commits }) => commits),
    failed: results.flatMap(({ failed }) => failed),
  }
}

/** Some texts are to be looked at once more, around what was found in them. */
export function lookAgain(
  { texts, marks }: Pick<TextFindings, 'texts' | 'marks'>,
  jobs: ReadJobs,
  { catalog }: HistoryThread,
): RestWork['texts'] {
  if (texts.size === 0) return undefined
  const select = new Uint8Array(new SharedArrayBuffer(catalog.count))
  for (const number of texts) select[number] = VISIT
  passToBases(catalog, select)
  return { jobs, select, marks }
}

/** What all threads found in the rest; its coverage is not yet counted, as trees may be read again. */
export interface AllRestFindings extends Pick<TreeFindings, 'missing' | 'failed'> {
  /** Texts that hold nothing after all. Where a thread dies of looking at them, they are none. */
  empty: readonly number[]
  holders: readonly number[]
  links: readonly TreeLinks[]
  coverage: Coverage
}

export async function searchRest(work: RestWork, means: Means): Promise<AllRestFindings> {
  const { results, lost } = await means.run(work, createRestJobs(means.thread, work))
  const first = work.texts?.jobs.count ?? 0
  noteLost(
    work,
    lost.filter(job => job >= first),
    means,
  )
  const trees = results.flatMap(({ trees = [] }) => trees)
  const tally = new CoverageTally()
  for (const { coverage } of trees) tally.add(coverage)
  return {
    empty: results.flatMap(({ empty }) => [...empty]),
    holders: trees.flatMap(({ holders }) => [...holders]),
    links: trees.map(({ links }) => links),
    missing: trees.flatMap(({ missing }) => missing),
    failed: trees.flatMap(({ failed }) => failed),
    coverage: tally.result(),
  }
}

/** Of a job that threads die of, the object that it begins with is named. */
function noteLost(work: HistoryWork, lost: readonly number[], { thread, coverage }: Means): void {
  const parts = partsOf(work)
  const first = parts.length > 1 ? parts[0]!.count : 0
  for (const job of lost) {
    const root = work.jobs.roots[work.jobs.starts[job - first] ?? -1]
    coverage.skip('worker-died', root === undefined ? 'loose objects' : thread.catalog.idOf(root))
  }
}
