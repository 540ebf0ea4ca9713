import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CoverageTally } from '../../src/coverage.ts'
import { planWorktree } from '../../src/sources/worktree.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'

const files = { 'a/one': '', 'a/b/two': '', 'ab/three': '', four: '' }

test.each([
  [['.'], ['a/b/two', 'a/one', 'ab/three', 'four']],
  [['a'], ['a/b/two', 'a/one']],
  [['a/'], ['a/b/two', 'a/one']],
  [
    ['a', 'ab'],
    ['a/b/two', 'a/one', 'ab/three'],
  ],
  [
    ['a', 'a/b'],
    ['a/b/two', 'a/one'],
  ],
  [
    ['a/b/', 'four', 'a', 'four'],
    ['a/b/two', 'a/one', 'four'],
  ],
  [
    ['four', '.'],
    ['a/b/two', 'a/one', 'ab/three', 'four'],
  ],
])('of %j each file is listed once, as it was asked for', async (paths, names) => {
  expect(await list(makeDirectory(files), paths)).toEqual(names)
})

test('an absolute path stays one, and a repository is listed by git', async () => {
  const cwd = makeRepository({ ...files, '.gitignore': 'ab\n' })
  git(cwd, 'add', 'four')
  expect(await list(cwd, [join(cwd, 'a'), 'ab', '.'])).toEqual(
    ['.gitignore', `${cwd}/a/b/two`, `${cwd}/a/one`, 'a/b/two', 'a/one', 'four'].sort(),
  )
  writeFiles(cwd, { 'ab/.env': '' })
  expect(await list(cwd, ['ab'])).toEqual(['ab/.env'])
})

async function list(cwd: string, paths: readonly string[]): Promise<string[]> {
  const units = await planWorktree(paths, { cwd, noIgnore: false, isWanted: () => true }, new CoverageTally())
  return units.map(({ path }) => path).sort()
}
