import { Chalk } from 'chalk'
import type { Coverage, Finding, Report, Severity, Skip } from '../model.ts'
import { describePlace } from './describe-place.ts'
import { printable } from './printable.ts'
import type { Reporter } from './reporter.ts'

/** People see the first few places and a count; the JSON report has all. */
const MAX_PLACES = 3

type Paint = InstanceType<typeof Chalk>

export const human: Reporter = (report, { color, showSecrets }) => {
  const paint = new Chalk({ level: color ? 1 : 0 })
  const findings = report.findings.map(finding => describeFinding(finding, paint, showSecrets))
  return [...findings, summarise(report, paint)].join('\n')
}

function describeFinding(finding: Finding, paint: Paint, showSecrets: boolean): string {
  const { severity, description, rule, places, confidence, fingerprint, secret, decoded, state } = finding
  const heading = `${paintSeverity(severity, paint)}  ${paint.bold(printable(description || rule))}  ${paint.dim(printable(rule))}`
  const value = showSecrets ? printable(secret.reveal()) : printable(secret.masked)
  const notes = [
    `${Math.round(confidence * 100)} % sure`,
    ...(decoded.length ? [`inside ${decoded.join(', ')}`] : []),
    ...(state === 'new' ? [] : [state]),
  ]
  const shown = places.slice(0, MAX_PLACES).map(place => `  ${paint.cyan(describePlace(place))}`)
  const more = places.length > MAX_PLACES ? [`  and ${places.length - MAX_PLACES} more places`] : []
  return [
    heading,
    ...shown,
    ...more,
    `  ${value}  ${paint.dim(`${notes.join(', ')}  ${fingerprint}`)}`,
    '',
  ].join('\n')
}

function paintSeverity(severity: Severity, paint: Paint): string {
  const text = severity.padEnd(8)
  if (severity === 'critical') return paint.bgRed.white(text)
  if (severity === 'high') return paint.red(text)
  return severity === 'medium' ? paint.yellow(text) : paint.blue(text)
}

function summarise(report: Report, paint: Paint): string {
  const { findings, coverage, suppressions, durationMs } = report
  const read = `${count(coverage.items, 'item')}, ${formatBytes(coverage.bytes)} read in ${formatDuration(durationMs)}`
  const found = findings.length
    ? `${paint.bold(count(findings.length, 'secret'))} (${countSeverities(findings)}). ${read}.`
    : `${paint.green('No secrets found.')} ${read}.`
  const lines = [found, ...describeSkips(coverage, paint)]
  const set = [
    ...(suppressions.allowed ? [`${suppressions.allowed} allowed`] : []),
    ...(suppressions.baseline ? [`${suppressions.baseline} in the baseline`] : []),
  ]
  if (set.length) lines.push(`Not shown: ${set.join(', ')}.`)
  if (findings.length) lines.push(...nextSteps(findings, paint))
  return `${lines.join('\n')}\n`
}

function nextSteps(findings: readonly Finding[], paint: Paint): string[] {
  const first = findings[0]
  if (!first) return []
  return [
    '',
    `What to do: ${paint.bold('revoke')} what was ever pushed or shared, then remove it from the file;`,
    `a value that is no secret takes the comment ${paint.bold('stanch:allow -- why')} on its line or the line above.`,
  ]
}

function describeSkips(coverage: Coverage, paint: Paint): string[] {
  const lost = coverage.skipped.filter(({ reason }) => reason !== 'excluded')
  if (lost.length === 0) return []
  return [paint.yellow('Not everything was read:'), ...lost.map(describeSkip)]
}

function describeSkip({ reason, count: number, bytes, examples }: Skip): string {
  const size = bytes ? `, ${formatBytes(bytes)}` : ''
  return `  ${reason.replaceAll('-', ' ')}: ${number}${size}: ${examples.map(printable).join(', ')}${number > examples.length ? ', …' : ''}`
}

function countSeverities(findings: readonly Finding[]): string {
  const order: Severity[] = ['critical', 'high', 'medium', 'low']
  return order
    .map(severity => [severity, findings.filter(finding => finding.severity === severity).length] as const)
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => `${number} ${severity}`)
    .join(', ')
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value.toFixed(1)} ${units[unit]}`
}

function formatDuration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
