import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseGitleaksIgnore } from '../../../src/findings/suppressions/gitleaks-ignore.ts'
import { namedMatch } from '../../support/named-match.ts'

const commit = 'a'.repeat(40)
const inFile = namedMatch('src/a:b.ts')
const inCommit = namedMatch('src/a:b.ts', {
  place: {
    kind: 'commit',
    commit,
    path: 'src/a:b.ts',
    author: 'Ada',
    date: '2026-01-01T00:00:00Z',
    inHead: false,
    object: 'b'.repeat(40),
    line: 3,
    column: 1,
    endLine: 5,
    endColumn: 9,
  },
})
const sha256 = createHash('sha256').update(inFile.secret.reveal()).digest('hex')

const lines: [line: string, file: boolean, commit: boolean][] = [
  ['src/a:b.ts:generic-api-key:3', true, true],
  ['src\\a:b.ts:generic-api-key:3', true, true],
  ['src/a:b.ts:generic-api-key:4', false, true],
  ['src/a:b.ts:generic-api-key:6', false, false],
  ['b.ts:generic-api-key:3', false, false],
  [`${commit}:src/a:b.ts:generic-api-key:3`, false, true],
  [`${'c'.repeat(40)}:src/a:b.ts:generic-api-key:3`, false, false],
  [sha256.toUpperCase(), true, true],
  ['0'.repeat(64), false, false],
  [`# src/a:b.ts:generic-api-key:3`, false, false],
  ['nonsense', false, false],
]

test.each(lines)('%s', (line, file, commit) => {
  const suppressions = parseGitleaksIgnore('.gitleaksignore', `\n${line}\n`)
  expect(
    [inFile, inCommit].map(match => suppressions.some(({ covers }) => covers(match, 'shop-key'))),
  ).toEqual([file, commit])
})
