/** Workflow commands of GitHub Actions, which shows them beside the lines of a pull request: `::error file=…,line=…::…`. */
import type { Finding, Place, Severity } from '../model.ts'
import { describeSkips } from './describe-skips.ts'
import { pathOfPlace } from './place-path.ts'
import { printable } from './printable.ts'
import type { Reporter } from './reporter.ts'

const commands: Record<Severity, string> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
}

export const github: Reporter = ({ findings, coverage }, { showSecrets }) => {
  const notes = findings.flatMap(finding =>
    finding.places.map(place => annotate(finding, place, showSecrets)),
  )
  const skips = describeSkips(coverage).map(
    skip => `::warning title=stanch::${escapeData(`not read: ${skip}`)}\n`,
  )
  return [...notes, ...skips].join('')
}

function annotate(finding: Finding, place: Place, showSecrets: boolean): string {
  const { description, rule, severity, secret, fingerprint } = finding
  const value = printable(showSecrets ? secret.reveal() : secret.masked)
  const properties = { file: printable(pathOfPlace(place)), ...positionOf(place), title: `stanch: ${rule}` }
  const list = Object.entries(properties).map(([name, text]) => `${name}=${escapeProperty(String(text))}`)
  return `::${commands[severity]} ${list.join(',')}::${escapeData(`${description || rule}: ${value} (${fingerprint})`)}\n`
}

/** Columns are only understood within one line. */
function positionOf({ line, column, endLine, endColumn }: Place): Record<string, number> {
  if (line === undefined) return {}
  if (endLine !== line || column === undefined || endColumn === undefined)
    return { line, endLine: endLine ?? line }
  return { line, endLine, col: column, endColumn }
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
