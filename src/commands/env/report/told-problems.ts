import type { Problem } from '../../../hygiene/problem.ts'
import type { EnvReport } from './index.ts'

/** What is told, counted and mended: without `--all` only what nothing speaks against. */
export function toldProblems({
  problems,
  tellsAll,
}: Pick<EnvReport, 'problems' | 'tellsAll'>): readonly Problem[] {
  return tellsAll ? problems : problems.filter(({ doubt }) => doubt === undefined)
}
