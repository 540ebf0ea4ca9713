import { expect, test } from 'vitest'
import { collectFindings, type PlacedMatch } from '../../src/findings/collect-findings.ts'
import { nameMatches } from '../../src/findings/name-matches.ts'
import { Secret } from '../../src/model.ts'
import type { CompiledRule, Program } from '../../src/program.ts'

const strong = ['q8Zt5vQ1hXw7', 'PbJ3mN9rK2sLdY4uAf6e'].join('')
const weak = ['hunter', '22'].join('')

const base: CompiledRule = {
  id: 'shop-key',
  provider: 'shop',
  description: 'Shop key',
  severity: 'high',
  confidence: 0.9,
  specificity: 100,
  fixedPrefix: true,
  hidden: false,
  required: [],
  allowlists: [],
}
const program: Program = {
  version: 1,
  hash: 'h',
  literals: [],
  classes: [],
  rules: [
    base,
    {
      ...base,
      id: 'generic-password',
      provider: 'generic',
      severity: 'critical',
      specificity: 10,
      matcher: {
        kind: 'assignment',
        names: [],
        with: [],
        alphabet: '',
        min: 1,
        max: 9,
        prefix: '',
        judge: 'password',
      },
    },
  ],
}

function match(
  path: string,
  line: number,
  value: string,
  rule = 0,
  more: Partial<PlacedMatch> = {},
): PlacedMatch {
  const span = { line, column: 5, endLine: line, endColumn: 9 }
  return {
    rule,
    start: 0,
    end: 4,
    span,
    secret: new Secret(value),
    confidence: 0.9,
    decoded: [],
    path,
    state: 'new',
    place: { kind: 'file', path, tracked: true, ...span },
    ...more,
  }
}

const collect = (matches: readonly PlacedMatch[], rules: Program) =>
  collectFindings(nameMatches(matches, rules), rules)

test('one secret in several places is one finding, whatever the order of the matches', () => {
  const matches = [match('b.ts', 2, strong), match('a.ts', 9, strong), match('a.ts', 3, strong)]
  const findings = collect(matches, program)
  expect(
    findings.map(({ rule, places }) => [
      rule,
      places.map(place => `${place.kind === 'file' && place.path}:${place.line}`),
    ]),
  ).toEqual([['shop-key', ['a.ts:3', 'a.ts:9', 'b.ts:2']]])
  expect(collect([...matches].reverse(), program)).toEqual(findings)
})

test('the most specific rule names a secret that several rules saw', () => {
  const [finding] = collect([match('a.env', 1, strong, 1, { key: 'KEY' }), match('b.ts', 1, strong)], program)
  expect([finding?.rule, finding?.severity, finding?.places.length]).toEqual(['shop-key', 'high', 2])
})

test('a weak secret is named by its place, so its name confirms no guess', () => {
  const name = (path: string, value: string, key: string) =>
    collect([match(path, 1, value, 1, { key })], program)[0]?.fingerprint ?? ''
  const here = name('a.env', weak, 'PASSWORD')
  expect(name('a.env', weak, 'PASSWORD')).toBe(here)
  expect(name('b.env', weak, 'PASSWORD')).not.toBe(here)
  expect(name('a.env', weak, 'OTHER')).not.toBe(here)
  // 16 bits tell that the value changed; the rest stays.
  expect(name('a.env', `${weak}x`, 'PASSWORD').slice(0, -4)).toBe(here.slice(0, -4))
  expect(name('a.env', `${weak}x`, 'PASSWORD')).not.toBe(here)
})

test('a finding is allowed only when every place of it is', () => {
  const allowed = match('a.ts', 1, strong, 0, { state: 'allowed' })
  expect(collect([allowed, match('b.ts', 1, strong)], program)[0]?.state).toBe('new')
  expect(collect([allowed], program)[0]?.state).toBe('allowed')
})

test('critical findings come first, then the surer ones', () => {
  const findings = collect(
    [
      match('z.ts', 1, strong, 0, { confidence: 0.6 }),
      match('a.ts', 1, `${strong}2`, 0),
      match('a.env', 1, weak, 1),
    ],
    program,
  )
  expect(findings.map(({ severity, confidence }) => [severity, confidence])).toEqual([
    ['critical', 0.9],
    ['high', 0.9],
    ['high', 0.6],
  ])
})
