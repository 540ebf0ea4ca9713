import { resolve } from 'node:path'
import * as v from 'valibot'
import { UserError } from '../../errors.ts'
import { isFingerprint } from '../../findings/fingerprint.ts'
import { type Place, severities } from '../../model.ts'
import { readAll } from '../../sources/stdin.ts'
import type { Context } from '../context.ts'
import { readIfThere } from '../read-if-there.ts'

const findingSchema = v.object({
  fingerprint: v.pipe(v.string(), v.check(isFingerprint, 'must be a fingerprint')),
  rule: v.string(),
  provider: v.string(),
  description: v.string(),
  severity: v.picklist(severities),
  masked: v.string(),
  places: v.array(v.custom<Place>(isPlace, 'must be a place')),
})

const reportSchema = v.object({ findings: v.array(findingSchema) })

export type ReportedFinding = v.InferOutput<typeof findingSchema>

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

async function readReport(file: string, context: Context): Promise<ReportedFinding[]> {
  const source =
    file === '-' ? (await readAll(context.stdin)).toString('utf8') : readIfThere(resolve(context.cwd, file))
  if (source === undefined)
    throw new UserError(`there is no report "${file}"`, 'Make one: stanch scan --format json . > report.json')
  return parseReport(file, source)
}

function parseReport(file: string, source: string): ReportedFinding[] {
  const result = v.safeParse(reportSchema, parse(source))
  if (result.success) return result.output.findings
  throw new UserError(
    `"${file}" is no report of stanch`,
    'It must be JSON with findings: stanch scan --format json . > report.json',
  )
}

/** A report, or the lines of one. */
function parse(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return { findings: source.split('\n').flatMap(parseFindingLine) }
  }
}

function parseFindingLine(line: string): unknown[] {
  try {
    const data: unknown = JSON.parse(line)
    return typeof data === 'object' && data !== null && 'fingerprint' in data ? [data] : []
  } catch {
    return []
  }
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

function isPlace(data: unknown): data is Place {
  return typeof data === 'object' && data !== null && 'kind' in data && typeof data.kind === 'string'
}
