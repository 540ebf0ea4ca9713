import { expect, test } from 'vitest'
import { deadlineOf, nextSteps } from '../../src/incident/journal/deadlines.ts'
import { figuresOf } from '../../src/incident/journal/figures.ts'
import { checkClose, checkDone, checkWaiver, findStep } from '../../src/incident/journal/gates.ts'
import { recordOf } from '../../src/incident/journal/incident.ts'
import { done, makeIncident } from '../support/sample-incident.ts'

const contained = [
  done('open', 1),
  done('snapshot', 2),
  done('strategy', 3),
  done('contain', 4),
  done('verify-dead', 9),
]

function refusal(
  incident: ReturnType<typeof makeIncident>,
  step: string,
  principal?: string,
  evidence?: string,
): string | undefined {
  try {
    checkDone(incident, findStep(incident, step), principal, evidence)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

test('evidence comes before destruction, and a purge after death', () => {
  const begun = makeIncident({}, [done('open', 1)])
  expect(refusal(begun, 'contain')).toBe('step "contain" needs "snapshot", "strategy" first')
  const alive = makeIncident({}, [...contained.slice(0, 4), done('exposure', 5)])
  expect(refusal(alive, 'purge')).toBe('step "purge" needs "verify-dead" first')
  expect(refusal(makeIncident({}, [...contained, done('exposure', 10)]), 'purge')).toBeUndefined()
})

test('a waived need is no need', () => {
  const incident = makeIncident({}, [done('open', 1), { type: 'waived', step: 'snapshot', reason: 'gone' }])
  expect(refusal(incident, 'audit')).toBeUndefined()
})

test.each(['leaked', 'Leaked shop', `st1:${'0123456789'.repeat(2)}`, 'SHOP_LIVE_xx9f2a'])(
  'an audit with %s is refused',
  principal => {
    const incident = makeIncident({}, contained)
    expect(refusal(incident, 'audit', principal)).toBe('step "audit" was done with the leaked credential')
    expect(refusal(incident, 'audit', 'role/auditor')).toBeUndefined()
  },
)

test.each([
  'queried with shop…(32)…9f2a: no calls',
  `as st1:${'0123456789'.repeat(2)}, 90 days`,
  'lookup-events run by the leaked key: nothing',
])('an audit whose evidence names the leaked principal is refused: %s', evidence => {
  const incident = makeIncident({}, contained)
  expect(refusal(incident, 'audit', undefined, evidence)).toBe(
    'the evidence of step "audit" names the leaked principal',
  )
  expect(refusal(incident, 'audit', 'role/auditor', evidence)).toBeUndefined()
  expect(refusal(incident, 'scope', undefined, evidence)).toMatch(/needs "audit" first/)
  expect(refusal(incident, 'audit', undefined, 'no calls, nothing leaked to others')).toBeUndefined()
})

test('a waiver needs a reason, and what is done needs none', () => {
  const incident = makeIncident({}, contained)
  expect(() => checkWaiver(incident, findStep(incident, 'purge'), ' ')).toThrow('without a reason')
  expect(() => checkWaiver(incident, findStep(incident, 'open'), 'why')).toThrow('step "open" is done')
  expect(() => checkWaiver(incident, findStep(incident, 'close'), 'why')).toThrow('cannot be waived')
})

test('it is not closed while a step or a child is open', () => {
  expect(() => checkClose(makeIncident({}, contained), [])).toThrow(/14 steps are open: replace, delete/)
  const all = makeIncident().plan.steps.filter(({ id }) => id !== 'close')
  const waived = makeIncident(
    {},
    all.map(({ id }) => ({ type: 'waived', step: id, reason: 'a test' }) as const),
  )
  expect(() => checkClose(waived, ['shop-2'])).toThrow('shop-2 began in it and is open')
  expect(() => checkClose(waived, [])).not.toThrow()
})

test('figures count from the clocks', () => {
  expect(figuresOf(makeIncident({}, contained))).toEqual({
    dwellSeconds: 6 * 86_400 + 3 * 3600,
    timeToRevokeSeconds: 240,
    timeToVerifiedDeadSeconds: 540,
    exposureSeconds: 6 * 86_400 + 3 * 3600 + 540,
  })
  expect(figuresOf(makeIncident()).exposureSeconds).toBeNull()
})

test('monitoring begins when the value is verified dead, and ends when it is alive again', () => {
  const dead = makeIncident({}, contained)
  expect(dead.clocks.monitoring?.time).toBe('2026-11-26T03:09:00.000Z')
  const alive = makeIncident({}, [
    ...contained,
    { type: 'reopened', step: 'verify-dead', reason: 'it works' },
  ])
  expect([alive.clocks.containment, recordOf(alive, 'verify-dead').state]).toEqual([undefined, 'open'])
})

test('what is done twice keeps its time and gains evidence', () => {
  const incident = makeIncident({}, [done('open', 1, 'one'), done('open', 5, 'two')])
  const { doneAt, evidence } = recordOf(incident, 'open')
  expect([doneAt, evidence]).toEqual(['2026-11-26T03:01:00.000Z', ['one', 'two']])
})

test('the strategy says whether to contain or to replace first', () => {
  const begun = [done('open', 1), done('snapshot', 2), done('strategy', 3)]
  const first = (strategy: 'concurrent' | 'cut-first') => nextSteps(makeIncident({ strategy }, begun))[0]?.id
  expect([first('concurrent'), first('cut-first')]).toEqual(['replace', 'contain'])
})

test('legal deadlines run from their own clocks, over months and business days', () => {
  // A Thursday: the fourth business day is the Wednesday after.
  const clocks = ['gdpr', 'nis2', 'sec', 'pci', 'us-ca'].map(
    name => ({ type: 'clock', name, time: '2026-11-26T12:00:00.000Z' }) as const,
  )
  const incident = makeIncident({}, clocks)
  const deadlines = incident.plan.legal.flatMap(notice => {
    const date = deadlineOf(notice, incident.clocks)
    return date ? [`${notice.regime} ${notice.id} ${date.toISOString().slice(0, 16)}`] : []
  })
  expect(deadlines).toEqual([
    'gdpr authority 2026-11-29T12:00',
    'nis2 early-warning 2026-11-27T12:00',
    'nis2 notification 2026-11-29T12:00',
    'nis2 final 2026-12-29T12:00',
    'sec 8-k 2026-12-02T12:00',
    'pci acquirer 2026-11-26T12:00',
    'pci visa 2026-11-29T12:00',
    'pci investigator 2026-11-29T12:00',
    'us-ca individuals 2026-12-26T12:00',
    'us-ca attorney-general 2027-01-10T12:00',
  ])
})
