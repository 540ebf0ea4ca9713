import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type BaselineEntry,
  baselineSources,
  parseBaseline,
  printBaseline,
  verdicts,
} from '../../../src/findings/baseline/baseline.ts'
import { readBaseline } from '../../../src/findings/baseline/read-baseline.ts'

function entry(number: number, more: Partial<BaselineEntry> = {}): BaselineEntry {
  return {
    fingerprint: `st1:${String(number).padStart(20, '0')}`,
    rule: 'shop-key',
    path: 'a.ts',
    source: 'worktree',
    added: '2026-11-26',
    ...more,
  }
}

test('a line an entry, sorted, each once, whatever the order', () => {
  const text = printBaseline([entry(2), entry(1, { verdict: 'false', reason: 'made up' }), entry(2)])
  expect(text).toBe(
    '{"fingerprint":"st1:00000000000000000001","rule":"shop-key","path":"a.ts","source":"worktree","added":"2026-11-26","verdict":"false","reason":"made up"}\n' +
      '{"fingerprint":"st1:00000000000000000002","rule":"shop-key","path":"a.ts","source":"worktree","added":"2026-11-26"}\n',
  )
  expect(parseBaseline('b', text)).toEqual([entry(1, { verdict: 'false', reason: 'made up' }), entry(2)])
})

test('what is printed is read back', () => {
  const arbitrary = fc.record<BaselineEntry>(
    {
      fingerprint: fc.nat({ max: 1e9 }).map(number => entry(number).fingerprint),
      rule: fc.string(),
      path: fc.string({ unit: 'binary' }),
      source: fc.constantFrom(...baselineSources),
      added: fc.constant('2026-02-28'),
      verdict: fc.constantFrom(...verdicts),
      reason: fc.string(),
    },
    { requiredKeys: ['fingerprint', 'rule', 'path', 'source', 'added'] },
  )
  fc.assert(
    fc.property(fc.uniqueArray(arbitrary, { selector: ({ fingerprint }) => fingerprint }), entries => {
      const text = printBaseline(entries)
      expect(printBaseline(parseBaseline('b', text))).toBe(text)
      expect(parseBaseline('b', text)).toHaveLength(entries.length)
    }),
  )
})

test('two branches that kept both sides merge: an entry with a verdict wins', () => {
  const both = printBaseline([entry(1)]) + printBaseline([entry(1, { verdict: 'accepted' }), entry(3)])
  expect(parseBaseline('b', both)).toEqual([entry(1, { verdict: 'accepted' }), entry(3)])
})

const mistakes: [line: string, said: string][] = [
  ['<<<<<<< HEAD', 'b:2: a merge conflict'],
  ['nonsense', 'b:2: not an entry of a baseline'],
  ['[]', 'b:2: not an entry of a baseline (field "fingerprint")'],
  ['{"fingerprint":"x"}', 'b:2: not an entry of a baseline (field "fingerprint")'],
  [JSON.stringify({ ...entry(1), added: 'today' }), 'b:2: not an entry of a baseline (field "added")'],
  [JSON.stringify({ ...entry(1), verdict: 'maybe' }), 'b:2: not an entry of a baseline (field "verdict")'],
  [JSON.stringify({ ...entry(1), line: 3 }), 'b:2: not an entry of a baseline (field "line")'],
]

test.each(mistakes)('%s is refused', (line, said) => {
  expect(() => parseBaseline('b', `\n${line}\n`)).toThrow(said)
})

test('what was judged a real leak is not suppressed', () => {
  const text = printBaseline([entry(1, { verdict: 'real' }), entry(2, { verdict: 'accepted' }), entry(3)])
  expect(readBaseline('b', text).map(({ fingerprint }) => fingerprint)).toEqual([
    entry(2).fingerprint,
    entry(3).fingerprint,
  ])
})
