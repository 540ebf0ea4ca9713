import type { EnvFile, HistoryReach, Use } from '../../../hygiene/facts.ts'
import type { Problem } from '../../../hygiene/problem.ts'
import { human } from './human.ts'
import { json } from './json.ts'
import { sarif } from './sarif.ts'

export interface EnvReport {
  files: readonly (EnvFile & { uses: ReadonlyMap<string, readonly Use[]>; isInRepository: boolean })[]
  problems: readonly Problem[]
  /** Whether those in doubt are told as well. */
  tellsAll: boolean
  /** Of each project whose history was asked for. */
  histories: readonly (HistoryReach & { root: string })[]
}

export type EnvReporter = (report: EnvReport, options: { color: boolean }) => string

/** Reports of `stanch env`, alphabetical. */
export const envReporters = { human, json, sarif } satisfies Record<string, EnvReporter>
