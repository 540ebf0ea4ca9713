import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAuditKey } from '../../src/tui/audit-keys.ts'
import {
  type AuditAction,
  type AuditItem,
  type AuditState,
  isDone,
  reduceAudit,
  startAudit,
} from '../../src/tui/audit-state.ts'

function item(name: string): AuditItem {
  return {
    fingerprint: name,
    rule: 'shop-key',
    description: 'Shop key',
    severity: 'high',
    confidence: 0.9,
    masked: '…(9)…',
    places: ['a.ts:1:1'],
    snippet: [],
  }
}

function run(state: AuditState, ...actions: AuditAction[]): AuditState {
  return actions.reduce(reduceAudit, state)
}

const start = startAudit(['one', 'two', 'three'].map(item))

test('a verdict is noted and leads to the next one; back changes it', () => {
  const state = run(
    start,
    { type: 'judge', verdict: 'real' },
    { type: 'back' },
    { type: 'judge', verdict: 'false' },
  )
  expect({ at: state.at, judgements: [...state.judgements] }).toEqual({
    at: 1,
    judgements: [['one', { verdict: 'false' }]],
  })
})

test('to accept takes a reason; without one it is not accepted; escape goes back', () => {
  const typing = run(start, { type: 'accept' })
  expect(run(typing, { type: 'submit' })).toBe(typing)
  expect(run(typing, { type: 'type', text: 'x' }, { type: 'cancel' })).toEqual(start)
  const typed = run(typing, { type: 'type', text: 'tests' }, { type: 'erase' }, { type: 'submit' })
  expect([...typed.judgements]).toEqual([['one', { verdict: 'accepted', reason: 'test' }]])
  // Letters of a reason are no commands.
  expect(run(typing, { type: 'quit' }, { type: 'skip' }).at).toBe(0)
})

test('it is done when all have been shown, or when the person has had enough', () => {
  const skip: AuditAction = { type: 'skip' }
  expect(
    [run(start, skip, skip), run(start, skip, skip, skip, skip), run(start, { type: 'quit' })].map(isDone),
  ).toEqual([false, true, true])
})

test('whatever the keys, the place stays within the list and only its items are judged', () => {
  const key = fc.constantFrom('f', 'a', 'r', 's', 'b', 'x', 'F', '\u001b')
  const special = fc.constantFrom(
    {},
    { return: true },
    { escape: true },
    { backspace: true },
    { leftArrow: true },
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(key, special)), keys => {
      let state = start
      for (const [input, pressed] of keys) {
        const action = readAuditKey(input, pressed, state.reason !== undefined)
        if (action) state = reduceAudit(state, action)
        expect(state.at).toBeGreaterThanOrEqual(0)
        expect(state.at).toBeLessThanOrEqual(3)
      }
      expect(['one', 'two', 'three']).toEqual(expect.arrayContaining([...state.judgements.keys()]))
    }),
  )
})
