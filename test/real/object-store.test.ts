import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CorruptObjectError, MissingObjectError } from '../../src/git/git-object.ts'
import { ObjectStore } from '../../src/git/object-store.ts'
import { idInPack } from '../../src/git/pack-index.ts'
import { findRepository } from '../../src/git/repository.ts'
import { type BatchObject, readEveryObject } from '../support/every-object.ts'
import { makeRandomRepository, type Storage, storages } from '../support/random-repository.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'

function openStore(directory: string): ObjectStore {
  const repository = findRepository(directory)
  if (!repository) throw new Error('no repository')
  return new ObjectStore(repository)
}

function listIds(store: ObjectStore): string[] {
  const packed = store.packs.flatMap(({ index }) =>
    Array.from({ length: index.count }, (_, number) => idInPack(index, number).toString('hex')),
  )
  return [...new Set([...packed, ...store.listLoose().flatMap(({ ids }) => ids)])].sort()
}

/** A line an object: name, type and a digest of the bytes that the store gives for it. */
function readAll(store: ObjectStore, ids = listIds(store)): string[] {
  return ids.map(id => describe(id, store.read(id)))
}

/** The same from git. */
function oracle(directory: string): string[] {
  return [...readEveryObject(directory)].map(([id, object]) => describe(id, object)).sort()
}

function describe(id: string, { type, bytes }: BatchObject): string {
  return `${id} ${type} ${createHash('sha1').update(bytes).digest('hex')}`
}

test.each(Object.keys(storages) as Storage[])('reads every object as git does: %s', storage => {
  const directory = makeRandomRepository(storage.length * 31, storage)
  expect(readAll(openStore(directory))).toEqual(oracle(directory))
})

test.each(['onePack', 'refDeltas', 'loose'] as const)('reads a SHA-256 repository: %s', storage => {
  const directory = makeRandomRepository(5, storage, ['--object-format=sha256'])
  const store = openStore(directory)
  expect(store.repository.hash).toBe('sha256')
  expect(readAll(store)).toEqual(oracle(directory))
})

test.each(['onePack', 'severalPacks', 'cruft', 'loose'] as const)(
  'reads every object through git: %s',
  storage => {
    const directory = makeRandomRepository(13, storage)
    const repository = findRepository(directory)
    if (!repository) throw new Error('no repository')
    const store = new ObjectStore({ ...repository, objectDirs: [], unknownExtensions: ['something'] })
    expect(store.gitProblem).toBe(undefined)
    expect(readAll(store)).toEqual(oracle(directory))
    expect(() => store.read('1'.repeat(40))).toThrow(MissingObjectError)
  },
)

test('reads a pack that a thin one was completed to, with bases by name', () => {
  const directory = makeRandomRepository(11, 'onePack')
  const clone = makeDirectory()
  git(clone, 'clone', '-q', '--bare', directory, 'clone.git')
  const bare = join(clone, 'clone.git')
  git(
    directory,
    'checkout',
    '-q',
    git(directory, 'for-each-ref', '--count=1', '--format=%(refname:short)').trim(),
  )
  const [name = ''] = git(directory, 'ls-files').split('\n')
  appendFileSync(join(directory, name), 'one more line\n')
  git(directory, 'commit', '-qam', 'one more')
  git(bare, '-c', 'fetch.unpackLimit=1', 'fetch', '-q', 'origin', '+refs/heads/*:refs/heads/*')
  const store = openStore(bare)
  expect(store.packs.length).toBe(2)
  expect(readAll(store)).toEqual(oracle(bare))
})

test('reads through alternates, a linked work tree, a .git file and a bare repository', () => {
  const directory = makeRandomRepository(3, 'onePack')
  const place = makeDirectory()
  git(place, 'clone', '-q', '--shared', '--no-checkout', directory, 'shared')
  git(
    directory,
    'worktree',
    'add',
    '-q',
    '--detach',
    join(place, 'linked'),
    git(directory, 'rev-list', '--all', '-n1').trim(),
  )
  git(place, 'clone', '-q', '--bare', directory, 'bare.git')
  const expected = oracle(directory)
  for (const path of ['shared', 'linked', 'bare.git']) {
    expect(readAll(openStore(join(place, path))), path).toEqual(expected)
  }
  expect(readAll(openStore(join(directory, '.git', 'objects')))).toEqual(expected)
})

test('an alternate that is not there is named', () => {
  const directory = makeRepository({ 'a.txt': 'a' })
  writeFiles(directory, { '.git/objects/info/alternates': '../../gone/objects\n' })
  expect(findRepository(directory)?.lostAlternates).toEqual([join(directory, 'gone/objects')])
})

test('an object that is not there is missing, one that does not inflate is corrupt', () => {
  const directory = makeRepository({ 'a.txt': 'some text\n' })
  const id = git(directory, 'hash-object', '-w', 'a.txt').trim()
  const file = join(directory, '.git/objects', id.slice(0, 2), id.slice(2))
  const store = openStore(directory)
  expect(() => store.read('1'.repeat(40))).toThrow(MissingObjectError)
  rmSync(file)
  expect(() => store.read(id)).toThrow(MissingObjectError)
  writeFileSync(file, 'not zlib')
  expect(() => store.read(id)).toThrow(CorruptObjectError)
})

test('whatever is damaged in a pack, an object is read, missing or corrupt', () => {
  const directory = makeRandomRepository(21, 'onePack')
  const expected = readEveryObject(directory)
  const [path = ''] = packsOf(directory)
  const whole = readFileSync(path)
  rmSync(path)
  for (let position = 20; position < whole.length; position += Math.ceil(whole.length / 60)) {
    const bytes = Buffer.from(whole)
    bytes[position]! ^= 0x15
    writeFileSync(path, bytes)
    checkAll(openStore(directory), expected)
    writeFileSync(path, whole.subarray(0, position))
    checkAll(openStore(directory), expected)
  }
})

function checkAll(store: ObjectStore, expected: ReturnType<typeof readEveryObject>): void {
  for (const [id, { bytes }] of expected) {
    try {
      // A flipped bit in a delta's base or distance can give another object; zlib's checksum guards the rest.
      expect(store.read(id).bytes.length).toBeLessThan(bytes.length + 2 ** 24)
    } catch (error) {
      expect(error instanceof CorruptObjectError || error instanceof MissingObjectError, String(error)).toBe(
        true,
      )
    }
  }
  store.close()
}

test('objects that a repack moves while we read are found again', () => {
  const directory = makeRandomRepository(4, 'loose')
  const store = openStore(directory)
  const ids = listIds(store)
  git(directory, 'repack', '-adq')
  expect(readAll(store, ids)).toEqual(oracle(directory))
})

test('packs that a garbage collection removes stay readable', () => {
  const directory = makeRandomRepository(4, 'onePack')
  const store = openStore(directory)
  const expected = oracle(directory)
  execFileSync('rm', ['-rf', join(directory, '.git/objects/pack')])
  expect(readAll(store)).toEqual(expected)
})

function packsOf(directory: string): string[] {
  const folder = join(directory, '.git/objects/pack')
  return readdirSync(folder)
    .filter(name => name.endsWith('.pack'))
    .map(name => join(folder, name))
}
