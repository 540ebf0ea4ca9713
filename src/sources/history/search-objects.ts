import { CoverageTally } from '../../coverage.ts'
import type { CommitRecords } from '../../git/commit-log.ts'
import type { ReadJobs } from '../../git/plan-jobs.ts'
import { passToBases, VISIT, withDependants } from '../../git/select-objects.ts'
import type { TreeLinks } from '../../git/tree-lists.ts'
import type { Coverage } from '../../model.ts'
import type { Candidates } from './candidate-search.ts'
import type { HistoryThread } from './history-thread.ts'
import {
  createHolderJobs,
  createTextJobs,
  createTreeJobs,
  type HistoryWork,
  type HolderWork,
  type RunHistoryWork,
  type TextWork,
  type TreeWork,
} from './history-work.ts'
import type { TreeFindings } from './tree-search.ts'

interface Means {
  thread: HistoryThread
  run: RunHistoryWork
  coverage: CoverageTally
}

/** What all threads found in texts. */
export interface TextFindings {
  /** Objects that may hold a match: texts found by their lines with those based on them, and what is no text. */
  holders: Set<number>
  commits: readonly CommitRecords[]
  failed: Candidates['failed']
}

export async function searchTexts(work: TextWork, means: Means): Promise<TextFindings> {
  const { results, lost } = await means.run(work, createTextJobs(means.thread, work))
  noteLost(work, lost, means)
  for (const { coverage } of results) means.coverage.add(coverage)
  const opaque = results.flatMap(({ opaque }) => [...opaque])
  const texts = withDependants(
    means.thread.catalog,
    results.flatMap(({ holders }) => [...holders]),
  )
  for (const number of opaque) texts.delete(number)
  for (const number of texts) if (work.known?.[number] === 1) texts.delete(number)
  const empty = await findEmpty(
    texts,
    results.map(({ marks }) => marks),
    work.jobs,
    means,
  )
  for (const number of empty) texts.delete(number)
  return {
    holders: new Set([...texts, ...opaque]),
    commits: results.map(({ commits }) => commits),
    failed: results.flatMap(({ failed }) => failed),
  }
}

/** Those of some texts that hold nothing when they are looked at whole. Where a thread dies of it, they are none. */
async function findEmpty(
  texts: ReadonlySet<number>,
  marks: readonly BigUint64Array[],
  jobs: ReadJobs,
  { thread, run }: Means,
): Promise<number[]> {
  if (texts.size === 0) return []
  const select = new Uint8Array(new SharedArrayBuffer(thread.catalog.count))
  for (const number of texts) select[number] = VISIT
  passToBases(thread.catalog, select)
  const work: HolderWork = { kind: 'holders', jobs, select, marks }
  const { results } = await run(work, createHolderJobs(thread, work))
  return results.flatMap(({ empty }) => [...empty])
}

/** What all threads found in trees; its coverage is not yet counted, as trees may be read again. */
export interface AllTreeFindings extends Pick<TreeFindings, 'missing' | 'failed'> {
  holders: readonly number[]
  links: readonly TreeLinks[]
  coverage: Coverage
}

export async function searchTrees(work: TreeWork, means: Means): Promise<AllTreeFindings> {
  const { results, lost } = await means.run<TreeFindings>(work, createTreeJobs(means.thread, work))
  noteLost(work, lost, means)
  const tally = new CoverageTally()
  for (const { coverage } of results) tally.add(coverage)
  return {
    holders: results.flatMap(({ holders }) => [...holders]),
    links: results.map(({ links }) => links),
    missing: results.flatMap(({ missing }) => missing),
    failed: results.flatMap(({ failed }) => failed),
    coverage: tally.result(),
  }
}

/** Of a job that threads die of, the object that it begins with is named. */
function noteLost({ jobs }: HistoryWork, lost: readonly number[], { thread, coverage }: Means): void {
  for (const job of lost) {
    const root = jobs.roots[jobs.starts[job] ?? -1]
    coverage.skip('worker-died', root === undefined ? 'loose objects' : thread.catalog.idOf(root))
  }
}
