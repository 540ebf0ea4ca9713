import { printJson } from './print-json.ts'
import { toReportJson } from './report-json.ts'
import type { Reporter } from './reporter.ts'

export const json: Reporter = (report, options) => `${printJson(toReportJson(report, options), 2)}\n`
