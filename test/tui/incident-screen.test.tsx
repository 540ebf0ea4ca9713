import { render } from 'ink-testing-library'
import { expect, test, vi } from 'vitest'
import type { Decision } from '../../src/tui/incident-state.ts'
import { IncidentScreen } from '../../src/tui/screens/incident.tsx'
import { shownIncident, shownNow } from '../support/shown-incident.ts'

function open(given = shownIncident()) {
  const decided: Decision[] = []
  const copied: string[] = []
  const screen = render(
    <IncidentScreen
      incident={given}
      onDecide={async decision => {
        decided.push(decision)
        return { incident: { ...shownIncident(), next: ['audit'] }, message: 'contain is done.' }
      }}
      reload={() => undefined}
      copy={text => copied.push(text)}
      now={() => shownNow}
      tellDue={(due, now) =>
        due < now ? `OVERDUE ${(now - due) / 60_000} min` : `in ${(due - now) / 60_000} min`
      }
      hasColor={false}
    />,
  )
  return {
    ...screen,
    decided,
    copied,
    frame: () => (screen.lastFrame() ?? '').split('\n').map(line => line.trimEnd()),
  }
}

const keys = 'd done   w waive   n note   c copy   r role   ↑↓ step   g now   ? help   q quit'

test('what to do now stands in large, the rest around it', () => {
  expect(open().frame()).toEqual([
    'shop-1  critical, public, cut-first  Shop key shop…(32)…9f2a',
    '5m 1/2 OVERDUE 5 min  1h 0/1 in 50 min  24h 0/1 in 1430 min',
    '',
    ' NOW  contain   OVERDUE 5 min   responder',
    'Title of contain',
    'Disable before you delete.',
    '$ shop keys disable $KEY   (1 of 2)',
    'Record: request id',
    '',
    '',
    '',
    '',
    '',
    '  ✓ 5m      open            responder done 03:01 by ada',
    '> ! 5m      contain         responder OVERDUE 5 min',
    '  ○ 1h      audit           analyst   in 50 min',
    '  · 24h     purge           owner     in 1430 min',
    '',
    keys,
    '',
  ])
})

test('keys mark a step done with what proves it, and lead on', async () => {
  const { stdin, frame, decided } = open()
  for (const key of ['d', 'o', 'k']) stdin.write(key)
  await vi.waitFor(() => expect(frame()).toContain('contain: What proves it? (@FILE, or nothing) ok'))
  stdin.write('\r')
  await vi.waitFor(() => expect(frame().at(-1)).toBe('contain is done.'))
  expect(decided).toEqual([{ kind: 'done', step: 'contain', text: 'ok' }])
  expect(frame()[3]).toBe(' NOW  audit   in 50 min   analyst')
})

test('tab chooses another command, c copies it', async () => {
  const { stdin, frame, copied } = open()
  stdin.write('\t')
  await vi.waitFor(() => expect(frame()).toContain('$ shop keys deny   (2 of 2)'))
  stdin.write('c')
  expect(copied).toEqual(['shop keys deny'])
})

test('no frame is higher than a terminal of 24 lines', async () => {
  const { stdin, frame } = open()
  stdin.write('?')
  await vi.waitFor(() => expect(frame()[0]).toBe('stanch incident: keys'))
  expect(frame().length).toBeLessThan(24)
})

test('the role that is shown alone is told beside the id, before what may be cut off', async () => {
  const { stdin, frame } = open()
  stdin.write('r')
  await vi.waitFor(() => expect(frame()[0]).toMatch(/^shop-1 {2}only responder {2}critical/))
})

test('a step with more to say takes lines from the list, each line whole, and what is left out is told', () => {
  const incident = shownIncident()
  const contain = incident.steps.find(({ id }) => id === 'contain')
  if (!contain) throw new Error('contain is missing')
  contain.what = 'Deny at a level that the holder cannot undo, '.repeat(4).trim()
  contain.actions = ['Console: the key, Rotate', 'Webhook secret: the endpoint, Roll']
  contain.notes = Array.from({ length: 5 }, (_, i) => `${i + 1} of five notes`)
  const frame = open(incident).frame()
  expect(frame.length).toBeLessThan(24)
  expect(frame.slice(3, 16)).toEqual([
    ' NOW  contain   OVERDUE 5 min   responder',
    'Title of contain',
    'Deny at a level that the holder cannot undo, Deny at a level that the holder cannot undo, Deny at a',
    'level that the holder cannot undo, Deny at a level that the holder cannot undo,',
    '$ shop keys disable $KEY   (1 of 2)',
    '• Console: the key, Rotate',
    '• Webhook secret: the endpoint, Roll',
    'Record: request id',
    'Note: 1 of five notes',
    'Note: 2 of five notes',
    'Note: 3 of five notes',
    '… 2 lines more: stanch incident next',
    '',
  ])
  expect(frame.slice(16, 20)).toEqual([
    '  ✓ 5m      open            responder done 03:01 by ada',
    '> ! 5m      contain         responder OVERDUE 5 min',
    '  ○ 1h      audit           analyst   in 50 min',
    '  · 24h     purge           owner     in 1430 min',
  ])
})
