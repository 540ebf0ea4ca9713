import { expect, test } from 'vitest'
import { suppressMatches } from '../../../src/findings/suppressions/suppress-matches.ts'
import type { Suppression } from '../../../src/findings/suppressions/suppression.ts'
import { namedMatch, twoRules } from '../../support/named-match.ts'

const scope = { source: 'worktree', today: '2026-11-26' } as const

function suppression(label: string, more: Partial<Suppression> = {}): Suppression {
  return { label, state: 'allowed', covers: match => match.path === 'a.ts', ...more }
}

test('the first that covers a match decides, and all that cover it count as used', () => {
  const first = suppression('first', { state: 'baseline', fingerprint: namedMatch('a.ts').fingerprint })
  const list = [suppression('other', { covers: () => false }), first, suppression('second')]
  const { matches, unused } = suppressMatches([namedMatch('a.ts'), namedMatch('b.ts')], list, twoRules, scope)
  expect({ states: matches.map(({ state }) => state), unused }).toEqual({
    states: ['baseline', 'new'],
    unused: ['other'],
  })
})

test('what a comment allows stays allowed', () => {
  const baseline = suppression('x', { state: 'baseline' })
  const [match] = suppressMatches(
    [namedMatch('a.ts', { state: 'allowed' })],
    [baseline],
    twoRules,
    scope,
  ).matches
  expect(match?.state).toBe('allowed')
})

test('a suppression holds through its last day; from then on it is reported as expired, not as unused', () => {
  const list = [
    suppression('today', { until: '2026-11-26' }),
    suppression('yesterday', { until: '2026-11-25' }),
  ]
  const result = (today: string) => {
    const { matches, unused, expired } = suppressMatches([namedMatch('a.ts')], list, twoRules, {
      ...scope,
      today,
    })
    return { state: matches[0]?.state, unused, expired }
  }
  expect(result('2026-11-26')).toEqual({ state: 'allowed', unused: [], expired: ['yesterday'] })
  expect(result('2026-11-27')).toEqual({ state: 'new', unused: [], expired: ['today', 'yesterday'] })
})

test('what only another source could see is not unused', () => {
  const list = [
    suppression('history', { sources: ['history'] }),
    suppression('tree', { sources: ['worktree'] }),
  ]
  expect(suppressMatches([], list, twoRules, scope).unused).toEqual(['tree'])
})

test('ten thousand baseline entries cost no time', () => {
  const name = (i: number) => `st1:${String(i).padStart(20, '0')}`
  const list = Array.from({ length: 10_000 }, (_, i) =>
    suppression(`${i}`, { fingerprint: name(i), covers: () => true }),
  )
  const matches = Array.from({ length: 10_000 }, (_, i) => namedMatch('b.ts', { fingerprint: name(i) }))
  const started = performance.now()
  expect(suppressMatches(matches, list, twoRules, scope).unused).toEqual([])
  expect(performance.now() - started).toBeLessThan(1000)
})
