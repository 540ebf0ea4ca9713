import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

/** A repository, and a scan of it that goes on from the last one. */
function start() {
  const directory = makeRepository()
  const cache = makeDirectory()
  const scan = (...args: string[]) => {
    const { stdout, stderr } = runCli(
      ['scan', '--history', '--incremental', '--format', 'json', '--show-secrets', ...args],
      { cwd: directory, env: { XDG_CACHE_HOME: cache } },
    )
    expect(stderr).toBe('')
    return JSON.parse(stdout)
  }
  const found = (...args: string[]): string[] =>
    scan(...args)
      .findings.map(({ secret }: { secret: string }) => secret)
      .sort()
  return { directory, cache, scan, found }
}

function commit(directory: string, files: Record<string, string>, message = 'change'): void {
  writeFiles(directory, files)
  git(directory, 'add', '-A')
  git(directory, 'commit', '-qm', message)
}

const withToken = (number: number) => `first line\nkey = ${makeToken(number)}\n`
const tokens = (...numbers: number[]) => numbers.map(makeToken).sort()

test('only what came since the last scan is read and reported', () => {
  const { directory, scan, found } = start()
  commit(directory, { 'a.txt': withToken(1) })
  expect(found()).toEqual(tokens(1))
  expect(scan()).toMatchObject({ findings: [], coverage: { complete: true, items: 0, bytes: 0 } })
  commit(directory, { 'b.txt': withToken(2) }, `message ${makeToken(3)}`)
  writeFiles(directory, { 'dangling.txt': withToken(4) })
  git(directory, 'hash-object', '-w', 'dangling.txt')
  expect(found()).toEqual(tokens(2, 3, 4))
  expect(found()).toEqual([])
})

test('a secret that comes back from an old version is news', () => {
  const { directory, scan, found } = start()
  commit(directory, { 'a.txt': withToken(1) })
  commit(directory, { 'a.txt': 'clean\n' })
  expect(found()).toEqual(tokens(1))
  git(directory, 'revert', '--no-edit', 'HEAD')
  const { findings } = scan()
  expect(findings[0].places).toMatchObject([
    { kind: 'commit', path: 'a.txt', commit: git(directory, 'rev-parse', 'HEAD').trim(), inHead: true },
  ])
})

test('what a growing file of the git directory or the name of a branch holds is reported once', () => {
  const { directory, found } = start()
  commit(directory, { 'a.txt': 'a\n' })
  git(directory, 'update-ref', '-m', `moved with ${makeToken(1)}`, 'HEAD', 'HEAD')
  git(directory, 'branch', makeToken(2))
  expect(found()).toEqual(tokens(1, 2))
  commit(directory, { 'a.txt': 'b\n' })
  expect(found()).toEqual([])
  git(directory, 'update-ref', '-m', `moved with ${makeToken(3)}`, 'HEAD', 'HEAD')
  git(directory, 'branch', '-q', '-D', makeToken(2))
  git(directory, 'branch', makeToken(4))
  expect(found()).toEqual(tokens(3, 4))
  git(directory, 'branch', '-q', '-D', makeToken(4))
  expect(found()).toEqual([])
  git(directory, 'branch', makeToken(4))
  expect(found()).toEqual(tokens(4))
})

test.each([
  ['a repack', (directory: string) => git(directory, 'repack', '-adfq')],
  ['a garbage collection', (directory: string) => git(directory, 'gc', '-q', '--prune=now')],
  ['a reset', (directory: string) => git(directory, 'reset', '-q', '--hard', 'HEAD~1')],
])('%s brings nothing new, and what comes after it is found', (_, change) => {
  const { directory, found } = start()
  commit(directory, { 'a.txt': withToken(1) })
  commit(directory, { 'b.txt': withToken(2) })
  expect(found()).toEqual(tokens(1, 2))
  change(directory)
  expect(found()).toEqual([])
  commit(directory, { 'c.txt': withToken(3) })
  expect(found()).toEqual(tokens(3))
})

test('a commit that a ref leads to again is news for a scan of what refs lead to', () => {
  const { directory, found } = start()
  commit(directory, { 'a.txt': withToken(1) })
  git(directory, 'checkout', '-qb', 'side')
  commit(directory, { 'b.txt': withToken(2) })
  const lost = git(directory, 'rev-parse', 'HEAD').trim()
  git(directory, 'checkout', '-q', 'main')
  git(directory, 'branch', '-qD', 'side')
  rmSync(join(directory, '.git', 'logs'), { recursive: true })
  expect(found('--reachable-only')).toEqual(tokens(1))
  expect(found('--reachable-only')).toEqual([])
  git(directory, 'branch', 'again', lost)
  expect(found('--reachable-only')).toEqual(tokens(2))
  expect(found('--reachable-only')).toEqual([])
})

test('other rules or options begin from the start', () => {
  const { directory, found } = start()
  commit(directory, { 'a.txt': withToken(1) })
  expect(found()).toEqual(tokens(1))
  expect(found('--min-severity', 'medium')).toEqual(tokens(1))
  expect(found('--max-decode-depth', '2')).toEqual(tokens(1))
  expect(found()).toEqual([])
})

test('what an incomplete scan found is reported again', () => {
  const { directory, scan, found } = start()
  commit(directory, { 'a.txt': withToken(1), 'b.txt': withToken(2) })
  const blob = git(directory, 'rev-parse', 'HEAD:a.txt').trim()
  const file = join(directory, '.git', 'objects', blob.slice(0, 2), blob.slice(2))
  const content = readFileSync(file)
  rmSync(file)
  writeFileSync(file, 'no object')
  expect(scan()).toMatchObject({ coverage: { complete: false } })
  rmSync(file)
  writeFileSync(file, content)
  expect(found()).toEqual(tokens(1, 2))
  expect(found()).toEqual([])
})

test('an object that was missing is placed where it belongs when it comes', () => {
  const { directory, scan } = start()
  commit(directory, { 'a.txt': withToken(1), 'b.txt': withToken(2) })
  const blob = git(directory, 'rev-parse', 'HEAD:a.txt').trim()
  const folder = join(directory, '.git', 'objects', blob.slice(0, 2))
  const content = readFileSync(join(folder, blob.slice(2)))
  rmSync(join(folder, blob.slice(2)))
  expect(scan().findings.length).toBe(1)
  const missing = { complete: false, items: 0, skipped: [{ reason: 'missing-object', examples: [blob] }] }
  expect(scan()).toMatchObject({ findings: [], coverage: missing })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, blob.slice(2)), content)
  const { findings, coverage } = scan()
  const places = findings.flatMap(({ places }: { places: { kind: string; path: string }[] }) => places)
  expect(places.map(({ kind, path }: { kind: string; path: string }) => `${kind} ${path}`).sort()).toEqual([
    'commit a.txt',
    'commit b.txt',
  ])
  expect(coverage.complete).toBe(true)
})

test('a watermark holds no value, and a damaged one is no trouble', () => {
  const { directory, cache, found } = start()
  commit(directory, { 'a.txt': withToken(1) })
  expect(found()).toEqual(tokens(1))
  const folder = join(cache, 'stanch', 'history')
  const files = readdirSync(folder)
  expect(files.length).toBe(2)
  for (const file of files) {
    expect(readFileSync(join(folder, file), 'latin1')).not.toContain(makeToken(1))
    writeFileSync(join(folder, file), 'nonsense')
  }
  expect(found()).toEqual(tokens(1))
})
