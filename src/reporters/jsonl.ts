import { printJson } from './print-json.ts'
import { toEnvelope, toFindingJson } from './report-json.ts'
import type { Reporter } from './reporter.ts'

/** One finding a line, then one line with everything else. */
export const jsonl: Reporter = (report, options) =>
  [...report.findings.map(finding => toFindingJson(finding, options)), toEnvelope(report)]
    .map(line => `${printJson(line)}\n`)
    .join('')
