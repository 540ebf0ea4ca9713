/** RFC 4180, a row a place. Cells that a spreadsheet would take for a formula get an apostrophe in front. */
import type { Finding, Place } from '../model.ts'
import { pathOfPlace } from './place-path.ts'
import { printable } from './printable.ts'
import type { Reporter } from './reporter.ts'

type Cells = readonly (string | number | undefined)[]

const columns = [
  'fingerprint',
  'rule',
  'provider',
  'description',
  'severity',
  'confidence',
  'state',
  'masked',
  'kind',
  'path',
  'line',
  'column',
  'commit',
  'author',
  'date',
]

export const csv: Reporter = ({ findings }, { showSecrets }) => {
  const rows = findings.flatMap(finding =>
    finding.places.map(place => [
      ...toCells(finding, place),
      ...(showSecrets ? [finding.secret.reveal()] : []),
    ]),
  )
  return [[...columns, ...(showSecrets ? ['secret'] : [])], ...rows].map(printRow).join('')
}

function toCells(finding: Finding, place: Place): Cells {
  const { fingerprint, rule, provider, description, severity, confidence, state, secret } = finding
  return [
    fingerprint,
    rule,
    provider,
    description,
    severity,
    confidence.toFixed(2),
    state,
    secret.masked,
    place.kind,
    pathOfPlace(place),
    place.line,
    place.column,
    place.kind === 'commit' ? place.commit : undefined,
    'author' in place ? place.author : undefined,
    'date' in place ? place.date : undefined,
  ]
}

function printRow(cells: Cells): string {
  return `${cells.map(printCell).join(',')}\r\n`
}

function printCell(cell: string | number | undefined): string {
  if (cell === undefined || typeof cell === 'number') return `${cell ?? ''}`
  const shown = printable(cell)
  const safe = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(shown) ? `'${shown}` : shown
  return /[",\r\n;\t]|^'|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
