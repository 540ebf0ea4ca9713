import type { Report } from '../model.ts'

export interface ReporterOptions {
  /** Values in clear, because the user asked for it. */
  showSecrets: boolean
  color: boolean
}

/** A reporter is one pure function from the report to text. */
export type Reporter = (report: Report, options: ReporterOptions) => string
