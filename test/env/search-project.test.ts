import { expect, test } from 'vitest'
import { searchProject } from '../../src/commands/env/facts/search-project.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

test('a value is found in code and in pages for people, whatever characters it is made of', () => {
  const value = 'пароль-длинный-1'
  const root = makeDirectory({
    'a.ts': `const a = '${value}'`,
    'docs/a.md': `\n${value}\n`,
    'b.ts': 'пароль',
  })
  const { sightings } = searchProject(root, ['a.ts', 'b.ts', 'docs/a.md'], {
    keys: ['A'],
    values: new Map([['digest', value]]),
    nameOf: () => 'A',
  })
  expect(sightings).toEqual([
    { kind: 'code', path: 'a.ts', line: 1, key: 'A', digest: 'digest' },
    { kind: 'page', path: 'docs/a.md', line: 2, key: 'A', digest: 'digest' },
  ])
})
