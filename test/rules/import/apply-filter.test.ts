import { expect, test } from 'vitest'
import { applyFilter } from '../../../src/rules/import/apply-filter.ts'

const blank = { paths: [], commits: [], regexes: [], stopwords: [], targetRules: [] }

test('an entropy limit is the rule’s; "less than" leaves out the limit itself', () => {
  expect(applyFilter(['entropy(finding["secret"]) <= 3.5'])).toEqual({
    entropy: 3.5,
    allowlists: [],
    problems: [],
  })
  expect(applyFilter(['filter.entropy(finding["secret"]) < 3']).entropy).toBeCloseTo(3, 6)
  expect(applyFilter(['filter.entropy(finding["secret"]) < 3']).entropy).toBeLessThan(3)
})

test('alternatives are an allowlist each, over the secret, the match, the line or the path', () => {
  const filter = `// a comment || not an alternative
    (matchesAny(finding["match"], [\`a|b\`]) || containsAny(finding["secret"], ["xyz", "UPPER"]))
    || matchesAny((attributes["path"] ?? ""), ["\\\\.md$"])
    || matchesAny(get(attributes, "path", ""), ['c'])`
  expect(applyFilter([filter])).toEqual({
    allowlists: [
      { ...blank, regexes: ['a|b'], regexTarget: 'match' },
      { ...blank, stopwords: ['xyz'] },
      { ...blank, paths: ['\\.md$'] },
      { ...blank, paths: ['c'] },
    ],
    problems: [],
  })
})

test('terms that must all hold are one allowlist with AND', () => {
  const filter = 'matchesAny(finding["line"], ["a"]) && containsAny(finding["secret"], ["b"])'
  expect(applyFilter([filter]).allowlists).toEqual([
    { ...blank, condition: 'AND', regexes: ['a'], regexTarget: 'line', stopwords: ['b'] },
  ])
})

test('too few characters of a class are a regex, too', () => {
  const filter =
    '!matchesAny(finding["secret"], ["[0-9]"]) || !matchesAny(finding["secret"], ["^(?:[^a-c]*[a-c]){3}"])'
  expect(applyFilter([filter]).allowlists.flatMap(list => list.regexes)).toEqual([
    '^\\D*$',
    '^[^a-c]*(?:[a-c][^a-c]*){0,2}$',
  ])
})

test('what has no counterpart is named, and the rest is kept', () => {
  const filter =
    'let x = len(finding["secret"]); x > 3 || entropy(finding["secret"]) <= 2 || failsTokenEfficiency(finding["secret"])'
  expect(applyFilter([filter])).toEqual({
    entropy: 2,
    allowlists: [],
    problems: ['2 parts of its filter are not evaluated, so it reports more: x>3'],
  })
})
