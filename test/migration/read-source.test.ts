import { expect, test } from 'vitest'
import { planExample } from '../../src/commands/migrate/example-file.ts'
import { readSource } from '../../src/commands/migrate/read-source.ts'
import { makeTemplate } from '../../src/commands/migrate/template-text.ts'
import type { DialectName } from '../../src/dotenv/index.ts'
import { decideValues } from '../../src/migration/decide-values.ts'
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

test('template and example have no secret in their comments', () => {
  const token = ['gh', 'p_', 'kV9mQ2pLz8wQ1rTt7bXq2cW9zRf', '4hYd0Jo5Z'].join('')
  const password = ['kV9', 'mQ2', 'pLz8w'].join('-')
  const text = [
    '# before the move: ask Ada, see https://docs.example.com/environment-variables',
    `# API_TOKEN=${token}`,
    `#DATABASE_URL=postgres://app:${password}@db/app`,
    `PORT=80 # it was ${token} (old)`,
    `${token}`,
    '# LOG_LEVEL=debug',
    '',
  ]
  const root = makeDirectory({ '.env': text.join('\n') })
  const source = readSource('.env', ['dotenv'], root)
  const decided = decideValues(source.entries, {
    ...{ includeConfig: false, prefix: '' },
    ...{ isSelected: () => true, choiceOf: () => undefined, opensVault: () => false },
  })
  const template = [
    text[0],
    '# API_TOKEN=',
    '#DATABASE_URL=',
    'PORT=80 # it was *** (old)',
    '# ***',
    '# LOG_LEVEL=debug',
    '',
  ].join('\n')
  expect(makeTemplate(source, decided, 'ssm')).toBe(template)
  expect(planExample(root, source, decided)?.after).toBe(template)
  expect(source.blanked).toEqual([2, 3, 4, 5])
})
