import type { Probe } from '../../sources/history/probe.ts'
import type { Selection } from './content-scanner.ts'
import { createLineProbe } from './line-probe.ts'
import { type OwnRules, readWorkerRules } from './scan-jobs.ts'

/** The probe of a worker that searches what it reads. */
export function createWorkerProbe(
  own: OwnRules | undefined,
  module: WebAssembly.Module | undefined,
  selection: Selection,
): Probe {
  return createLineProbe(readWorkerRules(own), module, selection)
}
