import type { Evidence, Finding, Report } from '../model.ts'
import type { ReporterOptions } from './reporter.ts'

/** The report as data, in the order of fields that the schema documents. A value is only there when the user asked for it. */
export function toReportJson(report: Report, options: Pick<ReporterOptions, 'showSecrets'>) {
  return { ...toEnvelope(report), findings: report.findings.map(finding => toFindingJson(finding, options)) }
}

/** Everything but the findings. */
export function toEnvelope({ tool, source, started, durationMs, coverage, suppressions }: Report) {
  return { schema: 'stanch.report/1', tool, source, started, durationMs, coverage, suppressions }
}

export function toFindingJson(finding: Finding, { showSecrets }: Pick<ReporterOptions, 'showSecrets'>) {
  const {
    fingerprint,
    rule,
    provider,
    description,
    severity,
    confidence,
    secret,
    state,
    decoded,
    evidence,
    places,
  } = finding
  return {
    fingerprint,
    rule,
    provider,
    description,
    severity,
    confidence: Math.round(confidence * 100) / 100,
    masked: secret.masked,
    ...(showSecrets ? { secret: secret.reveal() } : {}),
    state,
    decoded: [...decoded],
    ...(evidence ? { evidence: evidence.map(roundWeight) } : {}),
    places,
  }
}

function roundWeight({ feature, weight }: Evidence): Evidence {
  return { feature, weight: Math.round(weight * 1000) / 1000 }
}
