import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseIgnoreFile } from '../../../src/findings/suppressions/ignore-file.ts'
import { namedMatch } from '../../support/named-match.ts'

const fingerprint = `st1:${'0'.repeat(20)}`

function covers(line: string, path: string, rule = 'shop-key'): boolean {
  return parseIgnoreFile('.stanchignore', line).some(suppression =>
    suppression.covers(namedMatch(path), rule),
  )
}

const statements: [line: string, path: string, expected: boolean][] = [
  [fingerprint, 'a.ts', true],
  [`st1:${'1'.repeat(20)}`, 'a.ts', false],
  ['rule:shop-key', 'a.ts', true],
  ['rule:shop', 'a.ts', false],
  ['path:a.ts', 'a.ts', true],
  ['path:a.ts', 'deep/in/a.ts', true],
  ['path:/a.ts', 'deep/a.ts', false],
  ['path:/a.ts', 'a.ts', true],
  ['path:test/**', 'test/a/b.ts', true],
  ['path:test/**', 'src/test/b.ts', false],
  ['path:test', 'src/test/b.ts', true],
  ['path:test/', 'src/test/b.ts', true],
  ['path:a.ts/', 'a.ts', false],
  ['path:*.env', '.env', true],
  ['path:./src/*.ts', 'src/a.ts', true],
  ['path:"my docs/**"', 'my docs/a.md', true],
  ['rule:shop-key path:test/**', 'test/a.ts', true],
  ['rule:shop-key path:test/**', 'src/a.ts', false],
  ['rule:other path:test/**', 'test/a.ts', false],
  ['rule:shop-key # all of them are made up', 'a.ts', true],
  ['\ufeffrule:shop-key\r', 'a.ts', true],
  ['# rule:shop-key', 'a.ts', false],
  ['', 'a.ts', false],
]

test.each(statements)('"%s" on %s: %s', (line, path, expected) => {
  expect(covers(line, path)).toBe(expected)
})

test('a statement has its last day and is called by its place and words', () => {
  const [only] = parseIgnoreFile(
    '.stanchignore',
    '\n\nrule:shop-key until:2027-01-31 # as long as v1 lives\n',
  )
  expect([only?.label, only?.until, only?.state]).toEqual([
    '.stanchignore:3: rule:shop-key until:2027-01-31',
    '2027-01-31',
    'allowed',
  ])
})

const mistakes: [line: string, said: string][] = [
  ['src/a.ts', '.stanchignore:1: "src/a.ts" is not understood'],
  ['st1:123', '.stanchignore:1: "st1:123" is not understood'],
  ['rule:', '.stanchignore:1: "rule:" is empty'],
  ['rule:a rule:b', '.stanchignore:1: two of rule on a line'],
  ['rule:a until:2027-02-30', '.stanchignore:1: "2027-02-30" is no day'],
  ['until:2027-01-31', '.stanchignore:1: says nothing about what to ignore'],
]

test.each(mistakes)('"%s" is refused', (line, said) => {
  expect(() => parseIgnoreFile('.stanchignore', line)).toThrow(said)
})

test('whatever stands in the file, it is understood or refused by name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      try {
        parseIgnoreFile('f', text)
      } catch (error) {
        expect(String(error)).toMatch(/^UserError: f:\d+: /)
      }
    }),
  )
})
