import { expect, test } from 'vitest'
import type { MigrateAction } from '../../src/tui/migrate-actions.ts'
import { readMigrateKey } from '../../src/tui/migrate-keys.ts'
import type { MigrateState, Selection, ShownKey, ShownPlan } from '../../src/tui/migrate-state.ts'
import { reduceMigrate, startMigrate } from '../../src/tui/reduce-migrate.ts'

const selection: Selection = {
  ...{ file: '.env', goes: new Map(), keepFile: false, removeCopies: false, example: false },
  onConflict: 'fail',
}
const vaults = [
  { value: 'local', about: 'a file' },
  { value: 'ssm', about: 'AWS', argument: '/shop' },
]

function shown(key: string, given: Partial<ShownKey> = {}): ShownKey {
  return {
    key,
    stage: '',
    goes: 'store',
    action: 'store',
    name: '',
    reason: '',
    canSplit: false,
    isFixed: false,
    ...given,
  }
}

const plan: ShownPlan = {
  title: '.env → local',
  keys: [shown('A'), shown('B', { isFixed: true, reason: 'opens the vault itself' })],
  notes: [],
  copies: 0,
  canApply: true,
}

const reduce = (state: MigrateState, ...actions: MigrateAction[]) => actions.reduce(reduceMigrate, state)

/** The vault has answered to the plan that was asked for last. */
function answered(state: MigrateState, given: ShownPlan = plan): MigrateState {
  if (!state.request) throw new Error('no plan was asked for')
  return reduceMigrate(state, { type: 'planned', request: state.request, plan: given })
}

const review = () => answered(startMigrate([], [], { ...selection, vault: 'local' }))

test('what is not given is asked for: the vault, and where in it', () => {
  const state = startMigrate([], vaults, selection)
  expect(state.step).toBe('vault')
  const typing = reduce(state, { type: 'move', by: 1 }, { type: 'enter' })
  expect(typing.typed).toBe('/shop')
  const chosen = reduce(typing, { type: 'type', text: '2' }, { type: 'enter' })
  expect([chosen.step, chosen.selection.vault, chosen.request?.type]).toEqual([
    'review',
    'ssm:/shop2',
    'plan',
  ])
})

test('a key goes from the vault to the template, to the file, and back; each asks for a new plan', () => {
  const once = reduce(review(), { type: 'change' })
  expect([once.selection.goes.get('A'), once.request?.selection]).toEqual(['plain', once.selection])
  const thrice = reduce(once, { type: 'change' }, { type: 'change' })
  expect(thrice.selection.goes.get('A')).toBe('store')
})

test('an answer to an older question is passed by', () => {
  const first = reduce(review(), { type: 'change' })
  const second = reduce(first, { type: 'change' })
  if (!first.request) throw new Error('no plan was asked for')
  const late = { ...plan, title: 'late' }
  expect(reduceMigrate(second, { type: 'planned', request: first.request, plan: late })).toBe(second)
})

test('a key that cannot move says why', () => {
  const state = reduce(review(), { type: 'move', by: 1 }, { type: 'change' })
  expect([state.message, state.selection.goes.size]).toEqual([
    'B stays where it is: opens the vault itself.',
    0,
  ])
})

test('nothing is applied while a key fails, while the vault is asked, or without a yes', () => {
  const failing = answered(startMigrate([], [], { ...selection, vault: 'local' }), {
    ...plan,
    canApply: false,
  })
  expect(reduce(failing, { type: 'enter' }).isAsking).toBe(false)
  const asked = reduce(review(), { type: 'wish', wish: 'example' }, { type: 'enter' })
  expect(asked.isAsking).toBe(false)
  expect(answered(asked).isAsking).toBe(true)
  const refused = reduce(review(), { type: 'enter' }, { type: 'answer', isYes: false })
  expect([refused.step, refused.isAsking]).toEqual(['review', false])
  const agreed = reduce(review(), { type: 'enter' }, { type: 'answer', isYes: true })
  expect([agreed.step, agreed.request?.type]).toEqual(['working', 'apply'])
})

test('a vault that refuses the first plan is chosen anew, with the reason', () => {
  const state = reduce(startMigrate([], vaults, selection), { type: 'enter' })
  if (!state.request) throw new Error('no plan was asked for')
  const refused = reduceMigrate(state, { type: 'refused', request: state.request, message: 'no vault' })
  expect([refused.step, refused.selection.vault, refused.message]).toEqual(['vault', undefined, 'no vault'])
})

test.each([
  ['y', true],
  ['n', false],
  ['q', false],
])('asked whether to apply, %s means %s', (input, isYes) => {
  expect(readMigrateKey(input, {}, { isAsking: true })).toEqual({ type: 'answer', isYes })
})

test('enter is no yes, and while something is typed letters are text', () => {
  expect(readMigrateKey('', { return: true }, { isAsking: true })).toBe(undefined)
  expect(readMigrateKey('q', {}, { typed: '', isAsking: false })).toEqual({ type: 'type', text: 'q' })
})
