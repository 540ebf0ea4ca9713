import type { Incident } from '../journal/incident.ts'
import { tellDue } from './tell-time.ts'
import { toListJson } from './to-json.ts'

/** All incidents of a project, a line each. */
export function printList(
  incidents: readonly Incident[],
  now: Date,
  format: 'human' | 'markdown' | 'json',
): string {
  const items = incidents.map(incident => toListJson(incident, now))
  if (format === 'json')
    return `${JSON.stringify({ schema: 'stanch.incident/1', incidents: items }, null, 2)}\n`
  const rows = items.map(({ id, state, severity, exposed, open, overdue, next, drill }) => [
    id,
    `${state}${drill ? ' (drill)' : ''}`,
    `${severity}, ${exposed}`,
    `${open} open, ${overdue} overdue`,
    next && state === 'open' ? `next: ${next.id} ${tellDue(new Date(next.due), now)}` : '',
  ])
  if (rows.length === 0) return 'No incidents.\n'
  if (format === 'markdown')
    return [
      '| incident | state | severity | steps | next |',
      '|---|---|---|---|---|',
      ...rows.map(row => `| ${row.join(' | ')} |`),
      '',
    ].join('\n')
  const widths = rows.reduce<number[]>(
    (all, row) => row.map((cell, i) => Math.max(all[i] ?? 0, cell.length)),
    [],
  )
  return rows
    .map(
      row =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
