/** GitLab's secret detection report, version 15.0.4 of the format: a vulnerability a finding, at its first place. */
import { createHash } from 'node:crypto'
import type { Finding, Place, Report, Severity } from '../model.ts'
import { describePlace } from './describe-place.ts'
import { describeSkips } from './describe-skips.ts'
import { pathOfPlace } from './place-path.ts'
import { printJson } from './print-json.ts'
import type { Reporter } from './reporter.ts'

const severities: Record<Severity, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
}

/** What GitLab's own analyzer writes where there is no commit. */
const NO_COMMIT = '0000000'
const MAX_NAME = 255

export const gitlab: Reporter = (report, { showSecrets }) =>
  `${printJson(toGitlab(report, showSecrets), 2)}\n`

function toGitlab({ tool, started, durationMs, findings, coverage }: Report, showSecrets: boolean) {
  const self = { id: tool.name, name: tool.name, version: tool.version, vendor: { name: tool.name } }
  return {
    version: '15.0.4',
    scan: {
      type: 'secret_detection',
      status: 'success',
      analyzer: self,
      scanner: self,
      start_time: formatTime(Date.parse(started)),
      end_time: formatTime(Date.parse(started) + durationMs),
      messages: describeSkips(coverage).map(skip => ({ level: 'warn', value: `not read: ${skip}` })),
    },
    vulnerabilities: findings.map(finding => toVulnerability(finding, showSecrets)),
  }
}

function toVulnerability(finding: Finding, showSecrets: boolean) {
  const { fingerprint, rule, description, severity, secret, places } = finding
  const [first] = places
  const name = (description || rule).slice(0, MAX_NAME)
  return {
    id: toUuid(fingerprint),
    name,
    description: `${name}: ${secret.masked}${first ? ` at ${describePlace(first)}` : ''}`,
    severity: severities[severity],
    solution: 'Revoke it with its issuer, replace it, then remove it from the file.',
    identifiers: [
      { type: 'stanch_rule', name: `stanch rule ${rule}`, value: rule },
      { type: 'stanch_fingerprint', name: fingerprint, value: fingerprint },
    ],
    location: first ? toLocation(first) : { commit: { sha: NO_COMMIT } },
    ...(places.length > 1
      ? { details: { places: { name: 'All places', type: 'list', items: places.map(toDetail) } } }
      : {}),
    ...(showSecrets ? { raw_source_code_extract: secret.reveal() } : {}),
  }
}

function toLocation(place: Place) {
  const commit =
    place.kind === 'commit'
      ? { sha: place.commit, author: place.author, date: place.date }
      : { sha: place.kind === 'message' ? place.object : NO_COMMIT }
  const { line, endLine = line } = place
  return {
    file: pathOfPlace(place),
    commit,
    ...(line === undefined ? {} : { start_line: line, end_line: endLine }),
  }
}

function toDetail(place: Place) {
  const { line, endLine = line } = place
  if (line === undefined) return { type: 'text', value: describePlace(place) }
  return { type: 'file-location', file_name: pathOfPlace(place), line_start: line, line_end: endLine }
}

/** GitLab wants seconds without a zone, in UTC. */
function formatTime(time: number): string {
  return new Date(time).toISOString().slice(0, 19)
}

/** A name-based UUID (version 8), the same for the same finding. */
function toUuid(fingerprint: string): string {
  const hex = createHash('sha256').update(`gitlab ${fingerprint}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
