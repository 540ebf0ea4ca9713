import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commitsWithin, listVersions } from '../../src/commands/env/facts/list-versions.ts'
import { findRepository, type Repository } from '../../src/git/repository.ts'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository } from '../support/temporary-directory.ts'

/** A repository whose `.env` had three versions, one a commit. */
function makeHistory(): string {
  const root = makeRepository({})
  for (const value of ['1', '2', '3']) commit(root, value)
  return root
}

function commit(root: string, value: string): void {
  writeFileSync(join(root, '.env'), `A=${value}\n`)
  git(root, 'add', '-f', '.env')
  git(root, 'commit', '-qm', value)
}

function repositoryOf(root: string): Repository {
  const repository = findRepository(root)
  if (!repository) throw new Error(`no repository at ${root}`)
  return repository
}

const list = async (root: string, most = 5) => {
  const { versions, commits, since } = await listVersions(root, repositoryOf(root), most)
  return [versions.length, commits, since !== undefined]
}

test('a long history is listed from its newest end, and says so', async () => {
  expect(await list(makeHistory(), 2)).toEqual([2, 2, true])
})

test('a history of as many commits as may be compared is whole', async () => {
  expect(await list(makeHistory(), 3)).toEqual([3, 3, false])
})

test('what was compared once is kept, and only new commits are compared later', async () => {
  const root = makeHistory()
  await list(root, 2)
  commit(root, '4')
  expect(await list(root, 2)).toEqual([3, 3, true])
})

test('the whole history is listed when it is asked for, and stays known', async () => {
  const root = makeHistory()
  await list(root, 2)
  expect(await list(root, Infinity)).toEqual([3, 3, false])
  expect(await list(root, 2)).toEqual([3, 3, false])
})

test('what a merge brings that is in none of its lines is listed', async () => {
  const root = makeRepository({ a: '1' })
  git(root, 'add', '.')
  git(root, 'commit', '-qm', 'a')
  git(root, 'checkout', '-qb', 'other')
  commit(root, '1')
  git(root, 'checkout', '-q', 'main')
  writeFileSync(join(root, 'a'), '2')
  git(root, 'commit', '-qam', 'b')
  git(root, 'merge', '-q', '--no-commit', 'other')
  writeFileSync(join(root, '.env'), 'A=2\n')
  writeFileSync(join(root, 'b.env'), 'B=2\n')
  git(root, 'add', '-f', '.')
  git(root, 'commit', '-qm', 'merge')
  const { versions } = await listVersions(root, repositoryOf(root), 100)
  const blobs = ['HEAD:.env', 'other:.env', 'HEAD:b.env'].map(name => git(root, 'rev-parse', name).trim())
  expect(versions.map(({ blob }) => blob).sort()).toEqual(blobs.sort())
})

/** A clone of a history of five commits that has only what the filter leaves; a fetch of the rest would succeed. */
function makePartialClone(filter: string): string {
  const origin = makeHistory()
  git(origin, 'config', 'uploadpack.allowFilter', 'true')
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  writeFileSync(join(origin, 'api.env'), 'B=1\n')
  git(origin, 'add', '-f', 'api.env')
  git(origin, 'commit', '-qm', '4')
  git(origin, 'rm', '-q', '.env')
  git(origin, 'commit', '-qm', '5')
  const clone = join(makeDirectory(), 'clone')
  git(origin, 'clone', '-q', `--filter=${filter}`, `file://${origin}`, clone)
  return clone
}

const countObjects = (root: string) =>
  git(root, 'cat-file', '--batch-all-objects', '--batch-check').split('\n').length

test('of a clone without folders it is told which commits were not compared, and nothing is fetched', () => {
  const clone = makePartialClone('tree:0')
  const before = countObjects(clone)
  const run = (...args: string[]) => runCli(['env', '--machine', 'developer', ...args], { cwd: clone })
  expect(run()).toMatchObject({
    code: 0,
    stdout:
      'Nothing to mend. 1 env file read.\nOf the history 5 commits were not compared: this partial clone lacks their folders, and nothing is fetched.\n',
  })
  expect(JSON.parse(run('--format', 'json').stdout).histories).toEqual([
    { root: '.', commits: 0, whole: false, since: null, lacking: 5, unread: 0 },
  ])
  expect(countObjects(clone)).toBe(before)
})

test('of a clone without folders, what is there is compared, and all once the rest has been fetched', async () => {
  const clone = makePartialClone('tree:0')
  git(clone, 'checkout', '-q', 'HEAD~1')
  const counts = async () => {
    const { versions, commits, lacking } = await listVersions(clone, repositoryOf(clone), 100)
    return [versions.length, commits, lacking]
  }
  expect(await counts()).toEqual([0, 1, 4])
  git(clone, 'rev-list', '--objects', 'HEAD')
  expect(await counts()).toEqual([4, 5, undefined])
})

test('of a clone without files, versions that are not there count as not read, and nothing is fetched', () => {
  const clone = makePartialClone('blob:none')
  const before = countObjects(clone)
  const { code, stdout } = runCli(['env', '--format', 'json'], { cwd: clone })
  expect([code, JSON.parse(stdout).histories]).toEqual([
    0,
    [{ root: '.', commits: 5, whole: true, since: null, lacking: 0, unread: 3 }],
  ])
  expect(countObjects(clone)).toBe(before)
})

test('an empty repository has an empty history', async () => {
  const root = makeRepository({})
  expect(await list(root)).toEqual([0, 0, false])
})

test('the larger the tree, the fewer commits are compared, within bounds', () => {
  expect([0, 100, 2500, 5000, 100_000].map(commitsWithin)).toEqual([20_000, 20_000, 2500, 1250, 1250])
})
