/** The public API. */
import { Readable } from 'node:stream'
import { runScan } from './commands/scan/run-scan.ts'
import type { ScanRequest } from './commands/scan/scan-run.ts'
import type { Report } from './model.ts'

export { UserError } from './errors.ts'
export type { Coverage, Finding, Place, Report, Severity, Skip, SkipReason, Span } from './model.ts'
export { Secret } from './model.ts'

export interface ScanSettings extends Partial<Omit<ScanRequest, 'paths' | 'stdin' | 'stdinFilename'>> {
  /** File or directory. */
  path: string
  /** What a relative path counts from; default is the process's own directory. */
  cwd?: string
}

/**
 * Scans a working tree and answers with the report, in which values are masked (`Secret`).
 * @throws UserError when the path cannot be read, or a rule file is wrong
 */
export function scan({ path, cwd = process.cwd(), ...settings }: ScanSettings): Promise<Report> {
  const request: ScanRequest = { ...defaults, ...settings, paths: [path] }
  return runScan(request, { cwd, now: () => new Date(), stdin: Readable.from([]) })
}

const defaults: ScanRequest = {
  paths: [],
  ignore: true,
  rules: [],
  defaultRules: true,
  only: [],
  skip: [],
  minSeverity: 'low',
  minConfidence: 0.5,
  include: [],
  exclude: [],
  allowComments: true,
  ignoreFile: true,
  maxFileSize: 2 * 1024 ** 3,
}
