import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readIndex } from '../../src/git/read-index.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'

function indexOf(directory: string): string {
  return join(directory, '.git/index')
}

/** `mode id stage path` of every entry, as `git ls-files --stage` prints it. */
function list(directory: string, hash: 'sha1' | 'sha256' = 'sha1'): string {
  const entries = readIndex(indexOf(directory), hash) ?? []
  return entries.map(({ mode, id, stage, path }) => `${mode.toString(8)} ${id} ${stage}\t${path}\0`).join('')
}

function makeStaged(...options: string[]): string {
  const directory = makeDirectory({
    'a.txt': 'a',
    'a b/ü.txt': 'b',
    'deep/er/and/deeper/file.ts': 'c',
    'deep/er/and/deeper/file.tsx': 'd',
    [`long/${'x'.repeat(200)}/${'y'.repeat(240)}.txt`]: 'e',
  })
  git(directory, 'init', '-q', ...options)
  git(directory, 'add', '.')
  return directory
}

test.each(['2', '3', '4'])('reads version %s as git lists it', version => {
  const directory = makeStaged()
  writeFiles(directory, { 'later.txt': 'not yet' })
  if (version === '3') git(directory, 'add', '-N', 'later.txt')
  git(directory, 'update-index', '--index-version', version)
  expect(readFileSync(indexOf(directory)).readUInt32BE(4)).toBe(Number(version))
  expect(list(directory)).toBe(git(directory, 'ls-files', '--stage', '-z'))
})

test('reads the index of a SHA-256 repository', () => {
  const directory = makeStaged('--object-format=sha256')
  expect(list(directory, 'sha256')).toBe(git(directory, 'ls-files', '--stage', '-z'))
})

test('tells what is only intended to be added', () => {
  const directory = makeRepository({ 'a.txt': 'a', 'b.txt': 'b' })
  git(directory, 'add', 'a.txt')
  git(directory, 'add', '-N', 'b.txt')
  const entries = readIndex(indexOf(directory), 'sha1')
  expect(entries?.map(({ path, intentToAdd }) => [path.toString(), intentToAdd])).toEqual([
    ['a.txt', false],
    ['b.txt', true],
  ])
})

test('a conflict has up to three stages of a path', () => {
  const directory = makeRepository({ 'a.txt': 'base\n' })
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'base')
  git(directory, 'checkout', '-qb', 'other')
  writeFiles(directory, { 'a.txt': 'theirs\n' })
  git(directory, 'commit', '-qam', 'theirs')
  git(directory, 'checkout', '-q', 'main')
  writeFiles(directory, { 'a.txt': 'ours\n' })
  git(directory, 'commit', '-qam', 'ours')
  expect(() => git(directory, 'merge', '-q', 'other')).toThrow()
  expect(readIndex(indexOf(directory), 'sha1')?.map(({ stage }) => stage)).toEqual([1, 2, 3])
  expect(list(directory)).toBe(git(directory, 'ls-files', '--stage', '-z'))
})

test('without an index nothing is staged; a split one is left to git', () => {
  const directory = makeRepository({ 'a.txt': 'a' })
  expect(readIndex(indexOf(directory), 'sha1')).toEqual([])
  git(directory, 'add', '.')
  git(directory, 'update-index', '--split-index')
  expect(readIndex(indexOf(directory), 'sha1')).toBeUndefined()
})

test('a damaged index is an error that names it', () => {
  const directory = makeStaged()
  const whole = readFileSync(indexOf(directory))
  const flipped = Buffer.from(whole)
  flipped[100]! ^= 1
  for (const [bytes, message] of [
    [flipped, 'does not match its checksum'],
    [whole.subarray(0, 90), 'does not match its checksum'],
    [Buffer.from('no index'), 'is not an index'],
  ] as const) {
    writeFileSync(indexOf(directory), bytes)
    expect(() => readIndex(indexOf(directory), 'sha1')).toThrow(
      `the index "${indexOf(directory)}" ${message}`,
    )
  }
  mkdirSync(join(directory, 'folder'))
  expect(() => readIndex(join(directory, 'folder'), 'sha1')).toThrow('cannot be read')
})
