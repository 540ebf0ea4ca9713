import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readIncidentKey, splitInput } from '../../src/tui/incident-keys.ts'
import {
  type IncidentAction,
  type IncidentState,
  openIncident,
  reduceIncident,
  shownSteps,
} from '../../src/tui/incident-state.ts'
import { shownIncident } from '../support/shown-incident.ts'

function run(state: IncidentState, ...actions: IncidentAction[]): IncidentState {
  return actions.reduce(reduceIncident, state)
}

const start = openIncident(shownIncident())

test('it opens at what is most urgent, and follows it until a person moves', () => {
  expect(start.at).toBe('contain')
  const changed = { ...shownIncident(), next: ['audit'] }
  expect(run(start, { type: 'show', incident: changed }).at).toBe('audit')
  const moved = run(start, { type: 'move', by: -1 })
  expect(run(moved, { type: 'show', incident: changed }).at).toBe('open')
  expect(run(moved, { type: 'show', incident: changed }, { type: 'now' }).at).toBe('audit')
})

test('evidence is typed and handed on once; a reason needs a word', () => {
  const typed = run(start, { type: 'ask', kind: 'done' }, { type: 'type', text: 'ok!' }, { type: 'erase' })
  expect(run(typed, { type: 'submit' }).decision).toEqual({ kind: 'done', step: 'contain', text: 'ok' })
  expect(run(typed, { type: 'submit' }, { type: 'show', incident: shownIncident() }).decision).toBeUndefined()
  expect(run(start, { type: 'ask', kind: 'done' }, { type: 'submit' }).decision?.text).toBe('')
  const empty = run(start, { type: 'ask', kind: 'waive' }, { type: 'submit' })
  expect([empty.decision, empty.message]).toEqual([undefined, 'It needs a word.'])
})

test('a step that waits for others cannot be done', () => {
  const blocked = run(start, { type: 'move', by: 5 }, { type: 'ask', kind: 'done' })
  expect([blocked.entry, blocked.message]).toEqual([undefined, 'purge needs contain first.'])
})

test('r shows the steps of one role after the other, then all', () => {
  const roles = [1, 2, 3, 4].map(count => run(start, ...Array<IncidentAction>(count).fill({ type: 'role' })))
  expect(roles.map(({ role }) => role)).toEqual(['responder', 'analyst', 'owner', undefined])
  expect(
    roles.map(state =>
      shownSteps(state)
        .map(({ id }) => id)
        .join(' '),
    ),
  ).toEqual(['open contain', 'audit', 'purge', 'open contain audit purge'])
  expect(roles[1]?.at).toBe('audit')
})

test('letters of a text are no commands', () => {
  expect(readIncidentKey('q', {}, true)).toEqual({ type: 'type', text: 'q' })
  expect(readIncidentKey('q', {}, false)).toEqual({ type: 'quit' })
})

test('no keys lead to a step that is not there', () => {
  const keys = fc.constantFrom('d', 'w', 'n', 'r', 'g', 'k', 'j', '?', 'x')
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 30 }), pressed => {
      const state = pressed.reduce((before, key) => {
        const action = readIncidentKey(key, {}, before.entry !== undefined)
        return action && action.type !== 'copy' ? reduceIncident(before, action) : before
      }, start)
      expect(shownSteps(state).map(({ id }) => id)).toContain(state.at)
    }),
  )
})

test('what is pasted is one text; only its end is an enter', () => {
  const told = (input: string) =>
    splitInput(input, {})
      .map(([text, { return: isEnter }]) => (isEnter ? '⏎' : text))
      .join('')
  expect([told('two\nlines\r\n'), told('d'), told('dq')]).toEqual(['two lines⏎', 'd', 'dq'])
})
