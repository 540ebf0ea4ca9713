import type { Incident } from '../journal/incident.ts'
import { tellDue } from './tell-time.ts'
import { toListJson } from './to-json.ts'

/** An incident whose journal was changed, or cannot be read. */
export interface BrokenIncident {
  id: string
  problem: string
}

/** All incidents of a project, a line each, also those that cannot be told about. */
export function printList(
  incidents: readonly (Incident | BrokenIncident)[],
  now: Date,
  format: 'human' | 'markdown' | 'json',
): string {
  const items = incidents.map(incident => toItem(incident, now))
  if (format === 'json')
    return `${JSON.stringify({ schema: 'stanch.incident/1', incidents: items }, null, 2)}\n`
  const rows = items.map(item => toRow(item, now))
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

function toRow(item: ReturnType<typeof toItem>, now: Date): string[] {
  if ('problem' in item) return [item.id, 'BROKEN', '', '', item.problem]
  const { id, state, severity, exposed, open, overdue, next, drill } = item
  return [
    id,
    `${state}${drill ? ' (drill)' : ''}`,
    `${severity}, ${exposed}`,
    `${open} open, ${overdue} overdue`,
    next && state === 'open' ? `next: ${next.id} ${tellDue(new Date(next.due), now)}` : '',
  ]
}

function toItem(incident: Incident | BrokenIncident, now: Date) {
  return 'problem' in incident
    ? { id: incident.id, state: 'broken', problem: incident.problem }
    : toListJson(incident, now)
}
