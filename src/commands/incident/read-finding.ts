import { UserError } from '../../errors.ts'
import { isFingerprint } from '../../findings/fingerprint.ts'
import type { Place } from '../../model.ts'
import type { Context } from '../context.ts'
import { type ReportedFinding, readReport } from '../read-report.ts'

/** What `--finding` names: a finding of a report, or a fingerprint to look for. */
export type WantedFinding = { finding: ReportedFinding } | { fingerprint: string }

/**
 * `REPORT`, `REPORT#FINGERPRINT`, `-` for a report from standard input, or a fingerprint alone.
 * @throws UserError for a report that cannot be read, and where it holds several findings and none is named
 */
export async function readFinding(text: string, context: Context): Promise<WantedFinding> {
  if (isFingerprint(text)) return { fingerprint: text }
  const at = text.lastIndexOf('#')
  const fingerprint = at < 0 ? undefined : text.slice(at + 1)
  const file = at < 0 ? text : text.slice(0, at)
  return { finding: pick(await readReport(file, context), fingerprint, file) }
}

/**
 * Where these reports have seen it.
 * @throws UserError for a report that cannot be read
 */
export async function readPlaces(
  files: readonly string[],
  fingerprint: string,
  context: Context,
): Promise<Place[]> {
  const places: Place[] = []
  for (const file of files) {
    const seen = (await readReport(file, context)).filter(finding => finding.fingerprint === fingerprint)
    places.push(...seen.flatMap(finding => finding.places))
  }
  return places
}

function pick(
  findings: readonly ReportedFinding[],
  wanted: string | undefined,
  file: string,
): ReportedFinding {
  const near = wanted ? findings.filter(({ fingerprint }) => fingerprint.includes(wanted)) : findings
  const [only] = near
  if (only && near.length === 1) return only
  const list = (near.length ? near : findings).map(({ fingerprint, rule }) => `${fingerprint} (${rule})`)
  throw new UserError(
    findings.length === 0
      ? `"${file}" holds no finding`
      : `"${file}" holds ${near.length} findings that could be meant`,
    list.length
      ? `Name one: --finding ${file}#FINGERPRINT: ${list.slice(0, 10).join(', ')}`
      : 'Then there is nothing to respond to.',
  )
}
