import { expect, test } from 'vitest'
import { readSource } from '../../src/commands/migrate/read-source.ts'
import type { DialectName } from '../../src/dotenv/index.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const unknownIn = (text: string, dialect: DialectName) => {
  const { entries } = readSource('.env', [dialect], makeDirectory({ '.env': text }))
  return Object.fromEntries(entries.flatMap(({ key, unknown }) => (unknown ? [[key, unknown]] : [])))
}

test('what only a running shell knows is told with its reason, and what refers to that, too', () => {
  const text = [
    'A=1',
    'BIN=$HOME/bin',
    'WHEN=$(date)',
    'DATA=~/data',
    'ALL="$A:${BIN}"',
    "TEXT='$BIN'",
    'PORT=${PORT:-80}',
  ].join('\n')
  expect(unknownIn(text, 'sh')).toEqual({
    BIN: 'refers to HOME, which is not set',
    WHEN: 'holds a command substitution, which was not run',
    DATA: 'holds a home directory, which only a running shell can fill in',
    ALL: 'refers to BIN, which only the program knows',
  })
  expect(unknownIn(text, 'dotenv')).toEqual({})
  expect(unknownIn(text, 'compose')).toEqual({
    BIN: 'refers to HOME, which is not set',
    ALL: 'refers to BIN, which only the program knows',
  })
})
