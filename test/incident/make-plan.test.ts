import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { dueOf } from '../../src/incident/journal/deadlines.ts'
import { chooseStrategy } from '../../src/incident/plan/choose-strategy.ts'
import { makePlan } from '../../src/incident/plan/make-plan.ts'
import { parseRuleFile } from '../../src/rules/rule-file.ts'
import { incidentData, makeIncident, start } from '../support/sample-incident.ts'

function dues(request: Parameters<typeof makeIncident>[0]): Record<string, string> {
  const { plan, clocks } = makeIncident(request)
  return Object.fromEntries(
    plan.steps.map(step => [step.id, dueOf(step, clocks).toISOString().slice(0, 16).replace('2026-', '')]),
  )
}

test('a public critical leak has 5 minutes, an hour, a day, 30 days', () => {
  expect(dues({})).toEqual({
    open: '11-26T03:02',
    snapshot: '11-26T03:03',
    strategy: '11-26T03:04',
    contain: '11-26T03:05',
    replace: '11-26T04:00',
    'verify-dead': '11-26T03:05',
    delete: '11-27T03:00',
    audit: '11-26T04:00',
    scope: '11-26T04:00',
    persistence: '11-26T04:00',
    notify: '11-26T04:00',
    'legal-triage': '11-26T04:00',
    exposure: '11-27T03:00',
    copies: '11-27T03:00',
    purge: '11-27T03:00',
    'external-notice': '11-29T03:00',
    prevention: '11-27T03:00',
    lessons: '11-27T03:00',
    monitor: '12-26T03:00',
    close: '12-26T03:00',
  })
})

test('a private one has 4 hours, a day, a week', () => {
  const { contain, replace, purge } = dues({ exposed: 'private' })
  expect([contain, replace, purge]).toEqual(['11-26T07:00', '11-27T03:00', '12-03T03:00'])
})

test('where nobody said who could read it, deadlines are as if all could', () => {
  expect(dues({ exposed: undefined })).toEqual(dues({ exposed: 'public' }))
})

test('abuse makes everything urgent and cuts first', () => {
  const { plan } = makeIncident({ severity: 'low', exposed: 'internal', isAbused: true })
  expect([plan.urgency, plan.strategy]).toEqual(['immediate', 'cut-first'])
})

test.each([
  ['what a person chose', { given: 'graceful' as const, isAbused: true }, 'graceful'],
  ['abuse', { isAbused: true, exposed: 'internal' as const }, 'cut-first'],
  ['public and critical', { exposed: 'public' as const }, 'cut-first'],
  ['not known whether public', {}, 'dual-read'],
  ['public, not critical', { exposed: 'public' as const, severity: 'high' as const }, 'dual-read'],
])('the strategy follows %s', (_name, facts, expected) => {
  const base = { provider: 'dual-read', severity: 'critical', exposed: undefined, isAbused: false } as const
  expect(chooseStrategy({ ...base, ...facts }).strategy).toBe(expected)
})

test('the provider tells how to identify, revoke, verify, delete, rotate and audit', () => {
  const { plan } = makeIncident()
  const commands = Object.fromEntries(plan.steps.map(step => [step.id, step.commands]))
  expect(commands.snapshot).toEqual(['curl -sS -H @- https://shop.invalid/me'])
  expect(commands.contain).toEqual(['shop keys disable $KEY_ID'])
  expect(commands['verify-dead']).toEqual(['curl -sS -H @- https://shop.invalid/me'])
  expect(commands.delete).toEqual(['shop keys delete $KEY_ID'])
  expect(commands.replace?.[0]).toBe('shop keys create')
  expect(commands.audit).toEqual(['shop logs --key $KEY_ID'])
})

test('the strategy orders containing and replacing, and adds needs', () => {
  const order = (strategy: 'concurrent' | 'cut-first') =>
    makeIncident({ strategy })
      .plan.steps.filter(({ id }) => id === 'contain' || id === 'replace')
      .map(({ id, needs }) => `${id}: ${needs.join(' ')}`)
  expect(order('concurrent')).toEqual(['replace: strategy', 'contain: snapshot strategy'])
  expect(order('cut-first')).toEqual(['contain: snapshot strategy', 'replace: strategy contain'])
})

test('every provider has a plan whose containment says what to do', () => {
  const folder = fileURLToPath(new URL('../../rules/providers/', import.meta.url))
  const bare = readdirSync(folder).filter(name => {
    const { response } = parseRuleFile(name, readFileSync(folder + name, 'utf8')).file
    if (!response) return true
    const plan = makePlan(incidentData, { provider: name, response, severity: 'high' })
    return plan.steps.find(({ id }) => id === 'contain')?.commands.length === 0
  })
  expect(bare).toEqual([])
})

test('deadlines count from the clock that was given', () => {
  expect(dues({}).open).toBe(new Date(Date.parse(start) + 120_000).toISOString().slice(5, 16))
})

test('the time of propagation is told where the value is proved dead', () => {
  const { plan } = makeIncident()
  expect(plan.steps.find(({ id }) => id === 'verify-dead')?.what).toMatch(/ Here it takes up to 5 min\.$/)
})
