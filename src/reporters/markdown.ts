/** Markdown for a pull request's comment or a job's summary. */
import type { Finding, Report } from '../model.ts'
import { describePlace } from './describe-place.ts'
import { describeSkips } from './describe-skips.ts'
import { printable } from './printable.ts'
import type { Reporter } from './reporter.ts'

/** Places shown of a finding; the JSON report has all. */
const MAX_PLACES = 5

export const markdown: Reporter = (report, { showSecrets }) => {
  const { findings, coverage } = report
  const skips = describeSkips(coverage)
  return [
    headingFor(findings),
    '',
    ...(findings.length
      ? [
          '| severity | what | where | value | fingerprint |',
          '|---|---|---|---|---|',
          ...findings.map(finding => toRow(finding, showSecrets)),
          '',
          '**Revoke** what was ever pushed or shared, then remove it from the file. A value that is no secret takes the comment `stanch:allow -- why`.',
          '',
        ]
      : []),
    ...(skips.length ? ['Not everything was read:', '', ...skips.map(skip => `- ${code(skip)}`), ''] : []),
    summarise(report),
    '',
  ].join('\n')
}

function headingFor(findings: readonly Finding[]): string {
  if (findings.length === 0) return '### No secrets found'
  return `### ${findings.length} secret${findings.length === 1 ? '' : 's'} found`
}

function toRow(finding: Finding, showSecrets: boolean): string {
  const { severity, description, rule, places, secret, fingerprint } = finding
  const shown = places.slice(0, MAX_PLACES).map(place => code(describePlace(place)))
  const more = places.length > MAX_PLACES ? [`and ${places.length - MAX_PLACES} more`] : []
  const value = printable(showSecrets ? secret.reveal() : secret.masked)
  const cells = [
    severity,
    `${escapeText(printable(description || rule))}<br>${code(rule)}`,
    [...shown, ...more].join('<br>'),
    code(value),
    code(fingerprint),
  ]
  return `| ${cells.join(' | ')} |`
}

function summarise({ coverage, suppressions, tool }: Report): string {
  const left = suppressions.allowed + suppressions.baseline + (suppressions.published ?? 0)
  return `${coverage.items} items read${left ? `, ${left} known findings left out` : ''}. stanch ${tool.version}, ${tool.rules.count} rules.`
}

/** HTML shows whatever stands in it as it is; Markdown's own code spans end at a backtick and, in tables, at a bar. */
function code(text: string): string {
  return `<code>${escapeText(printable(text))}</code>`
}

/** Neither HTML nor Markdown nor a mention. */
function escapeText(text: string): string {
  return text.replace(/[&<>"'|`*_~@#[\]\\!]/g, character => `&#${character.charCodeAt(0)};`)
}
