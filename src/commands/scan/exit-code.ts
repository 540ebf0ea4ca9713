import { ExitCode } from '../../errors.ts'
import { type Report, severities } from '../../model.ts'
import type { ScanOptions } from './options.ts'

/** 0 clean, 1 findings, 2 incomplete under `--strict`. Allowed findings never count. */
export function exitCodeFor(
  report: Report,
  options: Pick<ScanOptions, 'strict' | 'exitCode' | 'failOn'>,
): number {
  if (options.strict && !report.coverage.complete) return ExitCode.trouble
  if (!options.exitCode) return ExitCode.clean
  const least = severities.indexOf(options.failOn)
  const counts = report.findings.some(
    ({ state, severity }) => state === 'new' && severities.indexOf(severity) >= least,
  )
  return counts ? ExitCode.findings : ExitCode.clean
}
