import { CoverageTally } from '../../coverage.ts'
import type { CommitRecords } from '../../git/commit-log.ts'
import type { TreeLinks } from '../../git/tree-lists.ts'
import type { Coverage } from '../../model.ts'
import type { Candidates } from './candidate-search.ts'
import type { HistoryThread } from './history-thread.ts'
import type { TextWork, TreeWork } from './history-work.ts'
import { createTextJobs, createTreeJobs, type HistoryWork, type RunHistoryWork } from './history-work.ts'
import type { TreeFindings } from './tree-search.ts'

interface Means {
  thread: HistoryThread
  run: RunHistoryWork
  coverage: CoverageTally
}

/** What all threads found in texts. */
export interface TextFindings {
  holders: readonly number[]
  commits: readonly CommitRecords[]
  failed: Candidates['failed']
}

export async function searchTexts(work: TextWork, means: Means): Promise<TextFindings> {
  const { results, lost } = await means.run(work, createTextJobs(means.thread, work))
  noteLost(work, lost, means)
  for (const { coverage } of results) means.coverage.add(coverage)
  return {
    holders: results.flatMap(({ holders }) => [...holders]),
    commits: results.map(({ commits }) => commits),
    failed: results.flatMap(({ failed }) => failed),
  }
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
