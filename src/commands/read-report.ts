import { resolve } from 'node:path'
import * as v from 'valibot'
import { UserError } from '../errors.ts'
import { isFingerprint } from '../findings/fingerprint.ts'
import { type Place, severities } from '../model.ts'
import { readAll } from '../sources/stdin.ts'
import type { Context } from './context.ts'
import { readIfThere } from './read-if-there.ts'

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

/**
 * The findings of a report of `stanch scan`, as JSON or JSON lines; `-` is standard input.
 * @throws UserError for what is no report
 */
export async function readReport(file: string, context: Context): Promise<ReportedFinding[]> {
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

function isPlace(data: unknown): data is Place {
  return typeof data === 'object' && data !== null && 'kind' in data && typeof data.kind === 'string'
}
