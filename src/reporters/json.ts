import { toReportJson } from './report-json.ts'
import type { Reporter } from './reporter.ts'

export const json: Reporter = (report, options) =>
  `${JSON.stringify(toReportJson(report, options), null, 2)}\n`
