import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

/** Commits, a side branch, a stash, a tag, an object that nothing leads to; some packed. */
function makeHistory(): string {
  const directory = makeRepository()
  git(directory, 'config', 'gc.auto', '0')
  commit(directory, 1)
  commit(directory, 2)
  git(directory, 'checkout', '-qb', 'side', 'HEAD~1')
  commit(directory, 3)
  git(directory, 'repack', '-adq')
  git(directory, 'checkout', '-q', 'main')
  git(directory, 'tag', '-m', `key = ${makeToken(4)}`, 'v1')
  writeFiles(directory, { '1.txt': `key = ${makeToken(5)}\n` })
  git(directory, 'stash', '-q')
  writeFiles(directory, { 'lone.txt': `key = ${makeToken(6)}\n` })
  git(directory, 'hash-object', '-w', 'lone.txt')
  return directory
}

function commit(directory: string, number: number): void {
  writeFiles(directory, { [`${number}.txt`]: `key = ${makeToken(number)}\n` })
  git(directory, 'add', '-A')
  git(directory, 'commit', '-qm', `change ${number}`)
}

function scan(directory: string, env: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr } = runCli(['scan', '--history', '--format', 'json', '--show-secrets'], {
    cwd: directory,
    env,
  })
  expect(stderr).toBe('')
  const { findings, coverage } = JSON.parse(stdout)
  return { findings, coverage }
}

function setVersion(directory: string, version: string, extension = ''): void {
  const path = join(directory, '.git', 'config')
  const config = readFileSync(path, 'utf8')
  writeFileSync(path, config.replace(/(?<=repositoryformatversion = )\d+/, version) + extension)
}

test('what only git can read is read through it, with the same result', () => {
  const directory = makeHistory()
  const expected = scan(directory)
  expect(expected.findings.length).toBe(6)
  // Git takes this for 1; and the objects are where only git's environment says.
  setVersion(directory, '01')
  const elsewhere = makeDirectory()
  const objects = join(directory, '.git', 'objects')
  renameSync(objects, join(elsewhere, 'objects'))
  mkdirSync(objects)
  const found = scan(directory, { GIT_ALTERNATE_OBJECT_DIRECTORIES: join(elsewhere, 'objects') })
  expect(found.findings).toEqual(expected.findings)
  expect(found.coverage).toEqual(expected.coverage)
})

test('what git can read as we can is not read twice', () => {
  const directory = makeHistory()
  const expected = scan(directory)
  setVersion(directory, '0x1')
  expect(scan(directory)).toEqual(expected)
})

test.each([
  ['git does not know it either', {}, /^extensions\.strange: fatal: unknown repository extension found/],
  ['git is not installed', { PATH: '' }, /^extensions\.strange: git cannot be started/],
])('an extension that is not known is told when %s, and what can be read is searched', (_, env, message) => {
  const directory = makeHistory()
  const expected = scan(directory)
  setVersion(directory, '1', '[extensions]\n\tstrange = true\n')
  const { findings, coverage } = scan(directory, env)
  expect(findings).toEqual(expected.findings)
  expect(coverage).toMatchObject({
    complete: false,
    skipped: [{ reason: 'unreadable', count: 1, examples: [expect.stringMatching(message)] }],
  })
})

test('objects named by an unknown hash are trouble', () => {
  const directory = makeHistory()
  setVersion(directory, '1', '[extensions]\n\tobjectFormat = blake3\n')
  const { code, stderr } = runCli(['scan', '--history'], { cwd: directory })
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('"." names its objects in a way that is not known'),
  })
})

test('of damaged objects other copies are read', () => {
  const directory = makeHistory()
  const expected = scan(directory)
  const copies = join(makeDirectory(), 'objects')
  cpSync(join(directory, '.git', 'objects'), copies, { recursive: true })
  damageAllPacks(directory)
  expect(scan(directory).coverage.complete).toBe(false)
  writeFiles(directory, { '.git/objects/info/alternates': `${copies}\n` })
  expect(scan(directory)).toEqual(expected)
})

function damageAllPacks(directory: string): void {
  const folder = join(directory, '.git', 'objects', 'pack')
  for (const name of readdirSync(folder).filter(name => name.endsWith('.pack'))) {
    const bytes = readFileSync(join(folder, name))
    bytes.fill(0x55, 14, bytes.length - 40)
    chmodSync(join(folder, name), 0o644)
    writeFileSync(join(folder, name), bytes)
  }
}

test('a pack without its index is told', () => {
  const directory = makeHistory()
  const folder = join(directory, '.git', 'objects', 'pack')
  const [name = ''] = readdirSync(folder).filter(name => name.endsWith('.pack'))
  rmSync(join(folder, name.replace('.pack', '.idx')))
  expect(scan(directory).coverage.skipped).toContainEqual(
    expect.objectContaining({
      reason: 'corrupt-object',
      examples: expect.arrayContaining([join(folder, name)]),
    }),
  )
})
