import { expect, test } from 'vitest'
import { awsAccountOf } from '../../src/aws-account.ts'
import { readIncidentData } from '../../src/incident/data/incident-data.ts'
import { addDuration, describeSeconds, isDuration } from '../../src/incident/plan/duration.ts'

test.each([
  ['2026-01-31T10:00:00.000Z', 'P1M', '2026-02-28T10:00:00.000Z'],
  ['2027-12-31T10:00:00.000Z', 'P2M', '2028-02-29T10:00:00.000Z'],
  ['2026-11-30T10:00:00.000Z', 'P1M', '2026-12-30T10:00:00.000Z'],
  ['2026-11-26T23:59:00.000Z', 'PT2M', '2026-11-27T00:01:00.000Z'],
  ['2026-11-26T10:00:00.000Z', 'P1DT2H', '2026-11-27T12:00:00.000Z'],
])('%s and %s is %s', (from, duration, expected) => {
  expect(addDuration(new Date(from), duration).toISOString()).toBe(expected)
})

test('business days leave out weekends', () => {
  const friday = new Date('2026-11-27T10:00:00.000Z')
  expect(addDuration(friday, 'P1D', 'business').toISOString()).toBe('2026-11-30T10:00:00.000Z')
  expect(addDuration(friday, 'P4D', 'business').toISOString()).toBe('2026-12-03T10:00:00.000Z')
})

test('what is no duration is refused', () => {
  expect(['P', 'PT', '5m', 'P1W', 'PT5M', 'P30D'].map(isDuration)).toEqual([
    false,
    false,
    false,
    false,
    true,
    true,
  ])
})

test('seconds are told in their two largest units', () => {
  expect([0, 45, 125, 7200, 90_061, 2_592_000].map(describeSeconds)).toEqual([
    '0 s',
    '45 s',
    '2 min 5 s',
    '2 h',
    '1 d 1 h',
    '30 d',
  ])
})

test('an AWS key id tells its account offline', () => {
  expect(awsAccountOf(['AKIA', 'AYLPMN5HAAAAAAAA'].join(''))).toBe('052310077262')
  expect(awsAccountOf('AKIA')).toBeUndefined()
})

test('incident data that is wrong is refused with its place', () => {
  const files: Record<string, string> = {
    'steps.toml': `[meta]\nversion = "2026-01-01"\n[urgency.public]\ncritical = "soon"\n`,
  }
  expect(() => readIncidentData(name => files[name] ?? '')).toThrow(
    /^steps.toml: field "urgency.public.critical"/,
  )
})
