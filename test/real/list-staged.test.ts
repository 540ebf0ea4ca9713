import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { viewIndex } from '../../src/git/index-view.ts'
import { listStaged } from '../../src/git/list-staged.ts'
import { listStagedWithGit } from '../../src/git/list-staged-with-git.ts'
import { ObjectReader } from '../../src/git/object-reader.ts'
import { findRepository, type Repository } from '../../src/git/repository.ts'
import { openStagingArea } from '../../src/git/staging-area.ts'
import { makeRandomRepository, type Storage, storages } from '../support/random-repository.ts'
import { git, writeFiles } from '../support/temporary-directory.ts'

function repositoryAt(directory: string): Repository {
  const repository = findRepository(directory)
  if (!repository) throw new Error('no repository')
  return repository
}

/** HEAD stands on no branch yet: on the one with most files from now on. */
function checkOutLargest(directory: string): void {
  const branches = git(directory, 'for-each-ref', '--format=%(refname:short)', 'refs/heads')
    .trim()
    .split('\n')
  const count = (branch: string) => git(directory, 'ls-tree', '-r', branch).length
  const [largest = ''] = branches.sort((a, b) => count(b) - count(a))
  git(directory, 'checkout', '-q', '-f', largest)
}

/** Changes some files, adds some, deletes some, in a way that a seed decides; stages most of it. */
function stageChanges(directory: string, seed: number): void {
  const files = git(directory, 'ls-files', '-z').split('\0').filter(Boolean)
  const chosen = files.filter((_, i) => (i * 7 + seed) % 5 === 0)
  writeFiles(directory, Object.fromEntries(chosen.map(file => [file, `changed by ${seed}\n`])))
  writeFiles(directory, { [`new ${seed}/deep/x.txt`]: `${seed}`, 'a-first': 'x', zz: 'y' })
  const [gone] = files.filter((_, i) => i % 11 === seed % 11)
  if (gone) rmSync(join(directory, gone), { force: true })
  git(directory, 'add', '--all')
}

const index = ({ gitDir, hash }: Repository) => viewIndex(readFileSync(join(gitDir, 'index')), hash)

test.each(Object.keys(storages) as Storage[])('finds what git finds: %s', async storage => {
  const directory = makeRandomRepository(storage.length, storage)
  checkOutLargest(directory)
  stageChanges(directory, storage.length)
  const repository = repositoryAt(directory)
  const objects = new ObjectReader(repository)
  const expected = await listStagedWithGit(repository)
  const view = index(repository)
  const tree = git(directory, 'rev-parse', 'HEAD^{tree}').trim()
  // Directly, so that a silent way round through git would be seen.
  expect(view && listStaged(view, [tree], repository, objects)).toEqual(expected.entries)
  expect(await openStagingArea(repository, objects)).toEqual(expected)
  expect(expected.entries.length).toBeGreaterThanOrEqual(3)
  for (const { id } of expected.entries) {
    const object = objects.read(id)
    expect('bytes' in object && object.bytes.toString('latin1')).toBe(
      Buffer.from(git(directory, 'cat-file', 'blob', id)).toString('latin1'),
    )
  }
  objects.close()
})

test.each(['2', '3', '4'])(
  'reads version %s of the index, with and without its note of unchanged folders',
  async version => {
    const directory = makeRandomRepository(3, 'onePack')
    checkOutLargest(directory)
    git(directory, 'update-index', '--index-version', version)
    stageChanges(directory, 3)
    const repository = repositoryAt(directory)
    const expected = await listStagedWithGit(repository)
    expect(await openStagingArea(repository, new ObjectReader(repository))).toEqual(expected)
    git(directory, 'read-tree', git(directory, 'write-tree').trim())
    expect(await openStagingArea(repository, new ObjectReader(repository))).toEqual(expected)
  },
)

test('a damaged index is left to git', () => {
  const directory = makeRandomRepository(4, 'loose')
  checkOutLargest(directory)
  const bytes = readFileSync(join(directory, '.git/index'))
  for (let length = 0; length < bytes.length; length += 97) viewIndex(bytes.subarray(0, length), 'sha1')
  expect(viewIndex(Buffer.from('not an index'.repeat(9)), 'sha1')).toBeUndefined()
})
