import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { CoverageTally } from '../../coverage.ts'
import { assetPath } from '../../system/assets.ts'
import { type DescribeWorker, runApart, runJobs } from '../../system/job-pool.ts'
import { createDeathNotice } from './describe-death.ts'
import {
  createScanJobs,
  mergeFound,
  type ScanJobsResult,
  type ScanWorkerData,
  shareOwnRules,
} from './scan-jobs.ts'
import type { ScanRun } from './scan-run.ts'
import { makeBatches, packBatches, type UnitBatch, weighAll } from './unit-batches.ts'
import type { CreateUnitReader, ReadPlan, UnitKind } from './unit-readers.ts'

/** A source's units, and what to know of each before it is read. */
export interface PlannedUnits<Unit> {
  /** The reader's name, and the reader itself. */
  kind: UnitKind
  createReader: CreateUnitReader<Unit>
  units: readonly Unit[]
  /** Its work, in bytes or so: the heaviest is done first. */
  weigh(unit: Unit): number
  /** What to call it where it could not be read. */
  nameOf(unit: Unit): string
  /** All threads have much to do, and start at once; by weight where it is not told. */
  isLarge?: boolean
}

/** From so much on, in bytes, two threads are sooner done although both compile what they run (bench/README.md). */
const LARGE = 128 * 1024 * 1024

/** Reads and searches units, on all cores where that pays. The result does not depend on how many there are. */
export async function scanUnits<Unit>(run: ScanRun, planned: PlannedUnits<Unit>): Promise<void> {
  const { request, context, project, kernel, coverage, scanContent } = run
  const { settings, listing, ...plain } = request
  const plan: ReadPlan = { request: plain, cwd: context.cwd, project }
  const batches = makeBatches(planned.units, planned.weigh)
  const outcome = await runJobs({
    count: batches.length,
    threads: request.jobs || availableParallelism(),
    isLarge: planned.isLarge ?? weighAll(batches) >= LARGE,
    local: createScanJobs(
      planned.createReader(plan, kernel, coverage),
      scanContent,
      number => batches[number]?.units ?? [],
      // This thread counts in the scan's own coverage.
      () => new CoverageTally().result(),
    ),
    worker: createWorkerStart(run, planned.kind, plan, batches),
  })
  addResults(run, outcome.results)
  if (outcome.lost.length === 0) return
  const suspects = outcome.lost.flatMap(number => batches[number]?.units ?? [])
  const lost = await scanApart(run, planned.kind, plan, suspects)
  for (const unit of lost) coverage.skip('worker-died', planned.nameOf(unit))
}

/** A worker died of one of these, and again of the same batch: each has a batch of its own now. Answers with the culprits. */
async function scanApart<Unit>(
  run: ScanRun,
  kind: UnitKind,
  plan: ReadPlan,
  units: readonly Unit[],
): Promise<Unit[]> {
  const batches = units.map(unit => ({ units: [unit], weight: 0 }))
  const worker = createWorkerStart(run, kind, plan, batches)
  const { results, lost } = await runApart<ScanJobsResult>({ worker }, [...batches.keys()])
  addResults(run, results)
  return lost.flatMap(number => batches[number]?.units ?? [])
}

function addResults({ add, coverage }: ScanRun, results: readonly ScanJobsResult[]): void {
  add(mergeFound(results))
  for (const result of results) coverage.add(result.coverage)
}

/** The data is made when the first worker starts, and serves all. */
function createWorkerStart(
  run: ScanRun,
  kind: UnitKind,
  plan: ReadPlan,
  batches: readonly UnitBatch<unknown>[],
): DescribeWorker {
  let data: ScanWorkerData | undefined
  const died = createDeathNotice(run)
  return () => {
    data ??= {
      kind,
      plan,
      batches: packBatches(batches),
      ...shareOwnRules(run.rules),
      module: run.module,
    }
    return { script: pathToFileURL(assetPath('dist/scan-worker.js')), data, died }
  }
}
