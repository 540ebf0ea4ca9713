import { render } from 'ink-testing-library'
import { expect, test, vi } from 'vitest'
import type { Decision } from '../../src/tui/incident-state.ts'
import { IncidentScreen } from '../../src/tui/screens/incident.tsx'
import { shownIncident, shownNow } from '../support/shown-incident.ts'

function open() {
  const decided: Decision[] = []
  const copied: string[] = []
  const screen = render(
    <IncidentScreen
      incident={shownIncident()}
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
    'shop-1  Shop key shop…(32)…9f2a  critical, public, cut-first',
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
