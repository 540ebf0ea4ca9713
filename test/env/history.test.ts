import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commitsWithin, listVersions } from '../../src/commands/env/facts/list-versions.ts'
import { git, makeRepository } from '../support/temporary-directory.ts'

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

const list = async (root: string, most = 5) => {
  const { versions, commits, since } = await listVersions(root, join(root, '.git'), most)
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

test('an empty repository has an empty history', async () => {
  const root = makeRepository({})
  expect(await list(root)).toEqual([0, 0, false])
})

test('the larger the tree, the fewer commits are compared, within bounds', () => {
  expect([0, 100, 2500, 5000, 100_000].map(commitsWithin)).toEqual([20_000, 20_000, 5000, 2500, 2500])
})
