import { Chalk } from 'chalk'
import type { Coverage, Finding, Report, Severity } from '../model.ts'
import { describeEvidence } from './describe-evidence.ts'
import { describePlace } from './describe-place.ts'
import { describeSkips } from './describe-skips.ts'
import { formatBytes } from './format-bytes.ts'
import { printable } from './printable.ts'
import type { Reporter } from './reporter.ts'

/** People see the first few places and a count; the JSON report has all. */
const MAX_PLACES = 3

type Paint = InstanceType<typeof Chalk>

export const human: Reporter = (report, { color, showSecrets }) => {
  const paint = new Chalk({ level: color ? 1 : 0 })
  const describe = (finding: Finding) => describeFinding(finding, paint, showSecrets)
  const inherited = report.findings.filter(isInherited)
  return [
    ...report.findings.filter(finding => !isInherited(finding)).map(describe),
    ...(inherited.length
      ? [paint.bold('In the base image only: mend these there, or build on another.\n')]
      : []),
    ...inherited.map(describe),
    summarise(report, paint),
  ].join('\n')
}

/** It is nowhere but in layers that came with the base image. */
function isInherited({ places }: Finding): boolean {
  return places.every(place => place.kind === 'layer' && place.inBaseImage)
}

function describeFinding(finding: Finding, paint: Paint, showSecrets: boolean): string {
  const { severity, description, rule, places, confidence, fingerprint, secret, decoded, state, evidence } =
    finding
  const heading = `${paintSeverity(severity, paint)}  ${paint.bold(printable(description || rule))}  ${paint.dim(printable(rule))}`
  const value = showSecrets ? printable(secret.reveal()) : printable(secret.masked)
  const notes = [
    `${Math.round(confidence * 100)} % sure`,
    ...(decoded.length ? [`inside ${decoded.join(', ')}`] : []),
    ...(state === 'new' ? [] : [state]),
  ]
  const shown = places
    .slice(0, MAX_PLACES)
    .flatMap(place => [
      `  ${paint.cyan(describePlace(place))}`,
      ...(place.kind === 'layer' && place.createdBy
        ? [`    ${paint.dim(`made by ${printable(place.createdBy)}`)}`]
        : []),
    ])
  const more = places.length > MAX_PLACES ? [`  and ${places.length - MAX_PLACES} more places`] : []
  return [
    heading,
    ...shown,
    ...more,
    `  ${value}  ${paint.dim(`${notes.join(', ')}  ${fingerprint}`)}`,
    ...(evidence ? describeEvidence(evidence).map(line => `  ${paint.dim(line)}`) : []),
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
  const lines = [found, ...tellSkips(coverage, paint)]
  const set = [
    ...(suppressions.allowed ? [`${suppressions.allowed} allowed`] : []),
    ...(suppressions.published ? [`${suppressions.published} in files of published packages`] : []),
    ...(suppressions.baseline ? [`${suppressions.baseline} in the baseline`] : []),
  ]
  if (set.length) lines.push(`Not shown: ${set.join(', ')}.`)
  lines.push(...describeStale('Suppresses nothing', suppressions.unused, paint))
  lines.push(...describeStale('Expired, suppresses nothing any more', suppressions.expired, paint))
  if (findings.length) lines.push('', ...nextSteps(report, paint))
  return `${lines.join('\n')}\n`
}

/** Suppressions shown of a kind; the JSON report has all. */
const MAX_STALE = 5

function describeStale(title: string, labels: readonly string[], paint: Paint): string[] {
  if (labels.length === 0) return []
  const more = labels.length > MAX_STALE ? [`  and ${labels.length - MAX_STALE} more`] : []
  return [
    paint.yellow(`${title}:`),
    ...labels.slice(0, MAX_STALE).map(label => `  ${printable(label)}`),
    ...more,
  ]
}

function nextSteps({ source }: Report, paint: Paint): string[] {
  const revoke = `What to do: ${paint.bold('revoke')} what was ever pushed or shared, `
  if (source.kind === 'image')
    return [
      `${revoke}then build the image anew without it:`,
      `deleting a file in a later layer leaves it in the image; ${paint.bold('RUN --mount=type=secret')} keeps it out of layers and history.`,
      `A value that is no secret goes by its fingerprint into ${paint.bold('.stanchignore')}.`,
    ]
  return [
    `${revoke}then remove it from the file;`,
    `a value that is no secret takes the comment ${paint.bold('stanch:allow -- why')} on its line or the line above.`,
  ]
}

function tellSkips(coverage: Coverage, paint: Paint): string[] {
  const skips = describeSkips(coverage)
  return skips.length ? [paint.yellow('Not everything was read:'), ...skips.map(skip => `  ${skip}`)] : []
}

function countSeverities(findings: readonly Finding[]): string {
  const order: Severity[] = ['critical', 'high', 'medium', 'low']
  return order
    .map(severity => [severity, findings.filter(finding => finding.severity === severity).length] as const)
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => `${number} ${severity}`)
    .join(', ')
}

/** Not by `toLocaleString`: Node takes 15 ms to load what it knows of languages. */
function count(number: number, noun: string): string {
  return `${String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${noun}${number === 1 ? '' : 's'}`
}

function formatDuration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
