/** SARIF 2.1.0 (OASIS standard), as code hosts show it. */
import type { Log, PhysicalLocation, ReportingDescriptor, Result } from 'sarif'
import { isHarmless } from '../coverage.ts'
import type { Finding, Place, Report } from '../model.ts'
import { describePlace } from './describe-place.ts'
import { printJson } from './print-json.ts'
import type { Reporter } from './reporter.ts'
import { sarifLevels, sarifScores } from './sarif-severity.ts'

export const sarif: Reporter = report => `${printJson(toSarif(report), 2)}\n`

function toSarif({ tool, findings, coverage, started, durationMs }: Report): Log {
  const rules = [...new Map(findings.map(finding => [finding.rule, finding])).values()].sort((a, b) =>
    a.rule < b.rule ? -1 : 1,
  )
  const indexes = new Map(rules.map(({ rule }, index) => [rule, index]))
  const ended = new Date(Date.parse(started) + durationMs).toISOString()
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            semanticVersion: tool.version,
            rules: rules.map(toDescriptor),
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: started,
            endTimeUtc: ended,
            toolExecutionNotifications: coverage.skipped.map(({ reason, count, examples }) => ({
              level: isHarmless({ reason }) ? 'note' : 'warning',
              message: { text: `not read (${reason}): ${count}, for example ${examples.join(', ')}` },
            })),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: findings.map(finding => toResult(finding, indexes.get(finding.rule) ?? 0)),
      },
    ],
  }
}

function toDescriptor({ rule, description, severity, provider }: Finding): ReportingDescriptor {
  return {
    id: rule,
    shortDescription: { text: description || rule },
    defaultConfiguration: { level: sarifLevels[severity] },
    properties: {
      tags: ['security', 'secret', provider],
      'security-severity': sarifScores[severity],
      precision: 'high',
    },
  }
}

function toResult(finding: Finding, ruleIndex: number): Result {
  const { rule, description, severity, secret, fingerprint, places, confidence, state } = finding
  const [first, ...others] = places
  return {
    ruleId: rule,
    ruleIndex,
    level: sarifLevels[severity],
    message: {
      text: `${description || rule}: ${secret.masked}${first ? ` at ${describePlace(first)}` : ''}`,
    },
    locations: first ? [{ physicalLocation: toLocation(first) }] : [],
    ...(others.length
      ? {
          relatedLocations: others.map((place, i) => ({
            id: i + 1,
            physicalLocation: toLocation(place),
            message: { text: describePlace(place) },
          })),
        }
      : {}),
    partialFingerprints: { 'stanchFingerprint/v1': fingerprint },
    rank: Math.round(confidence * 100),
    ...(state === 'new' ? {} : { suppressions: [{ kind: state === 'allowed' ? 'inSource' : 'external' }] }),
  }
}

function toLocation(place: Place): PhysicalLocation {
  const { line, column, endLine, endColumn } = place
  return {
    artifactLocation: { uri: toUri(place) },
    ...(line === undefined
      ? {}
      : {
          region: {
            startLine: line,
            startColumn: column ?? 1,
            endLine: endLine ?? line,
            endColumn: endColumn ?? 1,
          },
        }),
  }
}

function toUri(place: Place): string {
  switch (place.kind) {
    case 'file':
    case 'commit':
    case 'layer':
      return encodePath(place.path)
    case 'object':
      return encodePath(place.path ?? place.object)
    case 'message':
      return place.object
    case 'image-config':
      return encodePath(place.image)
  }
}

function encodePath(path: string): string {
  const encoded = path
    .split('/')
    .map(part => encodeURIComponent(Buffer.from(part).toString()))
    .join('/')
  return path.startsWith('/') ? `file://${encoded}` : encoded
}
