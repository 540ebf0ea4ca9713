import { expect, test } from 'vitest'
import { readForeignBaseline } from '../../../src/findings/baseline/read-foreign-baseline.ts'

const value = ['kV9mQ2', 'pLz8w!'].join('')

test("gitleaks' report gives place, commit and, unless redacted, the value", () => {
  const report = [
    { RuleID: 'generic-api-key', File: 'src\\a.ts', StartLine: 3, Commit: '', Secret: value },
    { RuleID: 'x', File: './b.ts', StartLine: 9, Commit: 'a'.repeat(40), Secret: 'REDACTED' },
  ]
  expect(readForeignBaseline('g.json', JSON.stringify(report))).toEqual([
    { path: 'src/a.ts', line: 3, secret: value },
    { path: 'b.ts', line: 9, commit: 'a'.repeat(40) },
  ])
})

test("detect-secrets' baseline gives place, hash and the verdict of its audit", () => {
  const finding = { type: 'Secret Keyword', hashed_secret: 'f'.repeat(40), line_number: 3 }
  const baseline = {
    version: '1.5.0',
    results: { 'a.env': [finding, { ...finding, is_secret: false }, { ...finding, is_secret: true }] },
  }
  const place = { path: 'a.env', line: 3, sha1: 'f'.repeat(40) }
  expect(readForeignBaseline('.secrets.baseline', JSON.stringify(baseline))).toEqual([
    place,
    { ...place, verdict: 'false' },
    { ...place, verdict: 'real' },
  ])
})

test.each(['', '{}', '[{}]', 'null', '[1'])('%j is refused by name', text => {
  expect(() => readForeignBaseline('x.json', text)).toThrow('"x.json" is no baseline that is known')
})
