import { deadlineOf, dueOf } from '../journal/deadlines.ts'
import { type Incident, recordOf } from '../journal/incident.ts'
import { describeSeconds } from '../plan/duration.ts'
import { tellTime } from './tell-time.ts'

const WIDTH = 960
const LEFT = 130
const RIGHT = 130
const ROW = 22
const TOP = 56

/** A mark on the picture's axis. */
interface Mark {
  time: number
  label: string
}

/**
 * The incident as a picture: a row a step, with a bar up to its deadline and a mark where it was done. The axis is
 * logarithmic from the detection on, as minutes count at first and days at the end.
 */
export function timelineSvg(incident: Incident, now: Date): string {
  const start = Date.parse(incident.clocks.detection?.time ?? now.toISOString())
  const rows = [...incident.plan.steps.map(step => toRow(step.id)), ...legalRows()]
  const ends = rows.flatMap(({ due, done }) => [due, ...(done === undefined ? [] : [done])])
  const x = createScale(start, Math.max(...ends, now.getTime()))
  const height = TOP + rows.length * ROW + 30
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Timeline of the incident" xmlns="http://www.w3.org/2000/svg">`,
    ...axisMarks(start).flatMap(mark => drawMark(mark, x(mark.time), height, 'axis')),
    ...drawMark({ time: now.getTime(), label: 'now' }, x(now.getTime()), height, 'now'),
    ...clockMarks().flatMap(mark => drawMark(mark, x(mark.time), height, 'clock')),
    ...rows.flatMap((row, i) => drawRow(row, TOP + i * ROW)),
    '</svg>',
  ].join('\n')

  function toRow(id: string): Row {
    const step = incident.plan.steps.find(known => known.id === id)
    const { state, doneAt, reason } = recordOf(incident, id)
    const due = step ? dueOf(step, incident.clocks).getTime() : start
    const done = doneAt === undefined ? undefined : Date.parse(doneAt)
    return {
      id,
      due,
      state,
      ...(done === undefined ? {} : { done }),
      ...(reason === undefined ? {} : { reason }),
    }
  }

  function legalRows(): Row[] {
    return incident.plan.legal.flatMap(notice => {
      const due = deadlineOf(notice, incident.clocks)
      return due ? [{ id: `${notice.regime} ${notice.id}`, due: due.getTime(), state: 'legal' as const }] : []
    })
  }

  function clockMarks(): Mark[] {
    const { containment } = incident.clocks
    return containment ? [{ time: Date.parse(containment.time), label: 'verified dead' }] : []
  }

  function drawRow({ id, due, done, state, reason }: Row, y: number): string[] {
    const isLate =
      state === 'open' ? due < now.getTime() : state === 'done' && done !== undefined && done > due
    const kind = isLate ? 'late' : state
    const told =
      done === undefined ? `due ${tellTime(new Date(due))}` : `${state} ${tellTime(new Date(done))}`
    const note = `${id}: ${told}${reason === undefined ? '' : `, ${reason}`}${isLate ? ', late' : ''}`
    const sign = {
      open: isLate ? 'overdue' : 'open',
      done: isLate ? 'done late' : 'done',
      waived: 'waived',
      legal: 'legal',
    }
    return [
      `<g class="${kind}"><title>${escapeXml(note)}</title>`,
      `<text x="${LEFT - 8}" y="${y + 13}" text-anchor="end">${escapeXml(id)}</text>`,
      `<rect x="${LEFT}" y="${y + 3}" width="${round(Math.max(2, x(due) - LEFT))}" height="${ROW - 8}" rx="3"/>`,
      ...(done === undefined ? [] : [`<circle cx="${round(x(done))}" cy="${y + 10}" r="6"/>`]),
      `<text x="${WIDTH - RIGHT + 10}" y="${y + 13}">${sign[state]}</text></g>`,
    ]
  }
}

interface Row {
  id: string
  due: number
  done?: number
  state: 'open' | 'done' | 'waived' | 'legal'
  reason?: string
}

/** Time → x. Logarithmic, and a minute wide at its beginning. */
function createScale(start: number, end: number): (time: number) => number {
  const minutes = (time: number) => Math.log10(1 + Math.max(0, time - start) / 60_000)
  const whole = minutes(Math.max(end, start + 3_600_000))
  return time => LEFT + ((WIDTH - LEFT - RIGHT) * minutes(time)) / whole
}

function axisMarks(start: number): Mark[] {
  const seconds = [300, 3600, 86_400, 7 * 86_400, 30 * 86_400]
  return seconds.map(second => ({ time: start + second * 1000, label: describeSeconds(second) }))
}

function drawMark({ label }: Mark, x: number, height: number, kind: 'axis' | 'now' | 'clock'): string[] {
  if (x > WIDTH - RIGHT + 1) return []
  const y = { axis: 14, now: 30, clock: 44 }[kind]
  return [
    `<g class="${kind}"><line x1="${round(x)}" x2="${round(x)}" y1="${y + 4}" y2="${height - 24}"/>`,
    `<text x="${round(x)}" y="${y}" text-anchor="middle">${escapeXml(label)}</text></g>`,
  ]
}

function round(number: number): number {
  return Math.round(number * 10) / 10
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
