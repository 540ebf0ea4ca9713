import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findRepository } from '../../src/git/repository.ts'
import { makeDirectory, makeRepository } from '../support/temporary-directory.ts'

test('a file outside every repository is in none', () => {
  const directory = makeDirectory({ 'a.txt': 'x', 'link.txt': 'gitdir: nowhere\n' })
  expect(['a.txt', 'link.txt', 'gone.txt'].map(name => findRepository(join(directory, name)))).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('a file of a work tree is in its repository', () => {
  const directory = makeRepository({ 'src/a.txt': 'x' })
  expect(findRepository(join(directory, 'src/a.txt'))?.workTree).toBe(directory)
})
