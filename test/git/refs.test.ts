import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listReflogIds, listRefs } from '../../src/git/refs.ts'
import { findRepository } from '../../src/git/repository.ts'
import { makeRandomRepository } from '../support/random-repository.ts'
import { git, makeDirectory, writeFiles } from '../support/temporary-directory.ts'

function refsOf(directory: string): string[] {
  const repository = findRepository(directory)
  if (!repository) throw new Error('no repository')
  return listRefs(repository).map(({ name, id }) => `${id} ${name}`)
}

function gitRefs(directory: string): string[] {
  return git(directory, 'show-ref', '--head').split('\n').filter(Boolean)
}

test('lists loose, packed and special refs as git does', () => {
  const directory = makeRandomRepository(17, 'gc')
  const [id = ''] = git(directory, 'rev-list', '--all').split('\n')
  git(directory, 'update-ref', 'HEAD', id)
  git(directory, 'update-ref', 'refs/custom/thing', id)
  git(directory, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/heads/main')
  git(directory, 'tag', '-m', 'annotated', 'v1', id)
  git(directory, 'notes', 'add', '-m', 'a note', id)
  const symbolic = `${id} refs/remotes/origin/HEAD`
  expect(refsOf(directory)).toEqual(
    gitRefs(directory)
      .filter(line => line !== symbolic)
      .sort(byName),
  )
})

test('lists what linked work trees stand on', () => {
  const directory = makeRandomRepository(19, 'gc')
  const [id = '', second = ''] = git(directory, 'rev-list', '--all').split('\n')
  git(directory, 'update-ref', 'HEAD', id)
  git(directory, 'worktree', 'add', '-q', '--detach', join(makeDirectory(), 'linked'), second)
  const expected = [...gitRefs(directory), `${second} worktrees/linked/HEAD`].sort(byName)
  expect(refsOf(directory)).toEqual(expected)
})

test('lists every object of the reflogs', () => {
  const directory = makeDirectory({ 'a.txt': '1' })
  git(directory, 'init', '-q', '-b', 'main')
  git(directory, 'config', 'user.name', 'Ada Test')
  git(directory, 'config', 'user.email', 'ada@test.invalid')
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'one')
  const first = git(directory, 'rev-parse', 'HEAD').trim()
  git(directory, 'commit', '-q', '--amend', '-m', 'two')
  const second = git(directory, 'rev-parse', 'HEAD').trim()
  writeFiles(directory, { 'a.txt': '2' })
  git(directory, 'stash', '-q')
  const stash = git(directory, 'rev-parse', 'refs/stash').trim()
  const repository = findRepository(directory)
  expect(repository && listReflogIds(repository)).toEqual([first, second, stash].sort())
})

function byName(a: string, b: string): number {
  return a.slice(a.indexOf(' ')) < b.slice(b.indexOf(' ')) ? -1 : 1
}
