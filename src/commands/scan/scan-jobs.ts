import { CoverageTally } from '../../coverage.ts'
import type { PlacedMatch } from '../../findings/collect-findings.ts'
import { decodeAutomaton, encodeAutomaton } from '../../kernel/encode-automaton.ts'
import { type Content, type Coverage, Secret } from '../../model.ts'
import type { Program } from '../../program.ts'
import type { JobRunner } from '../../system/job-pool.ts'
import { createContentScanner } from './content-scanner.ts'
import { type LoadedRules, readBuiltRules } from './load-rules.ts'
import { makeKernel } from './make-kernel.ts'
import { type PackedBatches, unpackBatch } from './unit-batches.ts'
import {
  type CreateUnitReader,
  type ReadPlan,
  type UnitKind,
  type UnitReader,
  unitReaders,
} from './unit-readers.ts'

/** Rules that a worker cannot read from the build; the automaton as bytes in shared memory. */
export interface OwnRules {
  program: Program
  automaton: Uint8Array
}

/** What a worker of a scan is started with: plain data, the large parts in shared memory. */
export interface ScanWorkerData {
  kind: UnitKind
  plan: ReadPlan
  batches: PackedBatches
  /** Other rules than the built-in ones. */
  own?: OwnRules
  module: WebAssembly.Module | undefined
}

/** Matches of one batch. `Secret` does not pass from one thread to another, its value does. */
interface BatchMatches {
  batch: number
  matches: (Omit<PlacedMatch, 'secret'> & { secret: string })[]
}

export interface ScanJobsResult {
  found: BatchMatches[]
  coverage: Coverage
}

/**
 * Scans batches in this thread.
 * @param coverage what they came to
 */
export function createScanJobs<Unit>(
  read: UnitReader<Unit>,
  scanContent: (content: Content) => PlacedMatch[],
  batchAt: (number: number) => readonly Unit[],
  coverage: () => Coverage,
): JobRunner<ScanJobsResult> {
  const found: BatchMatches[] = []
  return {
    run(batch) {
      const matches: BatchMatches['matches'] = []
      const visit = (content: Content) => {
        for (const match of scanContent(content)) matches.push({ ...match, secret: match.secret.reveal() })
      }
      const finish = () => {
        if (matches.length > 0) found.push({ batch, matches })
      }
      const units = batchAt(batch)
      for (const [i, unit] of units.entries()) {
        const pending = read(unit, visit)
        if (pending) return finishLater(pending, units.slice(i + 1), visit).then(finish)
      }
      finish()
    },
    result: () => ({ found, coverage: coverage() }),
  }

  async function finishLater(
    pending: Promise<void>,
    units: readonly Unit[],
    visit: (content: Content) => void,
  ) {
    await pending
    for (const unit of units) await read(unit, visit)
  }
}

/** The same in a worker, which makes its own scanner. */
export function createWorkerJobs(data: ScanWorkerData): JobRunner<ScanJobsResult> {
  const rules = readWorkerRules(data.own)
  const { program } = rules
  const kernel = makeKernel(rules, data.module)
  const coverage = new CoverageTally()
  const createReader: CreateUnitReader<never> = unitReaders[data.kind]
  return createScanJobs(
    createReader(data.plan, kernel, coverage),
    createContentScanner(program, kernel, data.plan.request, coverage),
    batch => unpackBatch<never>(data.batches, batch),
    () => coverage.result(),
  )
}

export function readWorkerRules(own: OwnRules | undefined): LoadedRules {
  if (!own) return readBuiltRules()
  return {
    program: own.program,
    automaton: decodeAutomaton(own.automaton),
    isBuiltIn: false,
    notes: [],
  }
}

/** What a worker needs besides the built-in rules, to be put into its data. */
export function shareOwnRules({ isBuiltIn, program, automaton }: LoadedRules): { own?: OwnRules } {
  return isBuiltIn ? {} : { own: { program, automaton: share(encodeAutomaton(automaton)) } }
}

function share(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  return shared
}

/** Matches of all threads in the order of the batches: the same whoever did which. */
export function mergeFound(results: readonly ScanJobsResult[]): PlacedMatch[] {
  const found = results.flatMap(result => result.found).sort((a, b) => a.batch - b.batch)
  return found.flatMap(({ matches }) =>
    matches.map(match => ({ ...match, secret: new Secret(match.secret) })),
  )
}
