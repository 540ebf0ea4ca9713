import type { ShownIncident, ShownStep } from '../../src/tui/incident-state.ts'

export const shownNow = Date.parse('2026-11-26T03:10:00Z')

function step(
  id: string,
  role: string,
  phase: string,
  minutes: number,
  more: Partial<ShownStep> = {},
): ShownStep {
  return {
    id,
    title: `Title of ${id}`,
    role,
    phase,
    state: 'open',
    due: shownNow + minutes * 60_000,
    blockedBy: [],
    what: '',
    commands: [],
    actions: [],
    notes: [],
    record: '',
    outcome: '',
    ...more,
  }
}

/** An incident of four steps: one done, one overdue, one open, one that waits. */
export function shownIncident(): ShownIncident {
  return {
    id: 'shop-1',
    title: 'Shop key shop…(32)…9f2a',
    facing: 'critical, public, cut-first',
    warnings: [],
    isDrill: false,
    isClosed: false,
    steps: [
      step('open', 'responder', '5m', -8, { state: 'done', outcome: 'done 03:01 by ada' }),
      step('contain', 'responder', '5m', -5, {
        what: 'Disable before you delete.',
        commands: ['shop keys disable $KEY', 'shop keys deny'],
        record: 'request id',
      }),
      step('audit', 'analyst', '1h', 50),
      step('purge', 'owner', '24h', 1430, { blockedBy: ['contain'] }),
    ],
    next: ['contain', 'audit'],
  }
}
