import { createHash } from 'node:crypto'
import { chmodSync, readdirSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

interface JsonPlace {
  kind: string
  path?: string
  line?: number
  column?: number
  commit?: string
  object?: string
  objectType?: string
  author?: string
  inHead?: boolean
  branches?: string[]
  removedBy?: { commit: string }[]
  reachable?: boolean
}

function scan(directory: string, ...args: string[]) {
  const { stdout, stderr, code } = runCli(
    ['scan', '--history', '.', '--format', 'json', '--show-secrets', ...args],
    { cwd: directory },
  )
  expect(stderr).toBe('')
  const report: {
    findings: { secret: string; rule: string; places: JsonPlace[] }[]
    coverage: {
      complete: boolean
      items: number
      skipped: { reason: string; count: number; examples: string[] }[]
    }
  } = JSON.parse(stdout)
  return { ...report, code, stdout }
}

/** Secret → its places in short: `commit a.txt:1`, `message tag`, `object a.txt`. */
function placesBySecret(directory: string, ...args: string[]): Record<string, string[]> {
  const { findings } = scan(directory, ...args)
  return Object.fromEntries(findings.map(({ secret, places }) => [secret, places.map(describe).sort()]))
}

function describe({ kind, path, line, objectType, inHead, reachable }: JsonPlace): string {
  const where = path === undefined ? '' : ` ${path}${line === undefined ? '' : `:${line}`}`
  if (kind === 'message') return `message ${objectType}`
  return `${kind}${where}${inHead ? ' in HEAD' : ''}${reachable === false ? ' unreachable' : ''}`
}

function commit(directory: string, files: Record<string, string | Buffer>, message = 'change'): string {
  writeFiles(directory, files)
  git(directory, 'add', '-A')
  git(directory, 'commit', '-qm', message)
  return git(directory, 'rev-parse', 'HEAD').trim()
}

function withToken(number: number): string {
  return `first line\nkey = ${makeToken(number)}\n`
}

test('every hiding place is searched', () => {
  const directory = makeRepository()
  const expected: Record<string, string[]> = {}
  const expectAt = (number: number, ...places: string[]) => {
    expected[makeToken(number)] = places
  }

  commit(directory, { 'root.txt': withToken(1), 'gone.txt': withToken(2) })
  expectAt(1, 'commit root.txt:2 in HEAD')
  git(directory, 'rm', '-q', 'gone.txt')
  git(directory, 'commit', '-qm', 'remove')
  expectAt(2, 'commit gone.txt:2')

  git(directory, 'checkout', '-qb', 'side')
  commit(directory, { 'side.txt': 'side\n' })
  git(directory, 'checkout', '-q', 'main')
  commit(directory, { 'main.txt': 'main\n' })
  git(directory, 'merge', '-q', '--no-commit', '--no-ff', 'side')
  commit(directory, { 'merged.txt': withToken(3) }, 'merge')
  expectAt(3, 'commit merged.txt:2 in HEAD')

  commit(directory, { 'amended.txt': withToken(4) })
  writeFiles(directory, { 'amended.txt': 'clean\n' })
  git(directory, 'commit', '-qa', '--amend', '-m', 'clean')
  expectAt(4, 'commit amended.txt:2')

  writeFiles(directory, { 'root.txt': `${withToken(1)}${withToken(5)}` })
  git(directory, 'stash', '-q')
  expectAt(5, 'commit root.txt:4')
  writeFiles(directory, { 'untracked.txt': withToken(6) })
  git(directory, 'stash', '-q', '--include-untracked')
  expectAt(6, 'commit untracked.txt:2')

  git(directory, 'notes', 'add', '-m', `key = ${makeToken(7)}`)
  git(directory, 'tag', '-m', `release\n\nkey = ${makeToken(8)}`, 'v1')
  expectAt(8, 'message tag')
  commit(directory, { 'a.txt': 'a\n' }, `fix\n\nkey = ${makeToken(9)}`)
  expectAt(9, 'message commit')
  git(directory, '-c', `user.name=${makeToken(10)}`, 'commit', '-q', '--allow-empty', '-m', 'by a token')
  expectAt(
    10,
    'file .git/logs/HEAD:13',
    'file .git/logs/refs/heads/main:8',
    'message commit',
    'message commit',
  )

  commit(directory, { [`keys/${makeToken(11)}.txt`]: 'x\n' })
  writeFiles(directory, { 'dangling.txt': withToken(12) })
  git(directory, 'hash-object', '-w', 'dangling.txt')
  expectAt(12, 'object unreachable')
  writeFiles(directory, { 'dangling.txt': 'clean\n' })

  symlinkSync(makeToken(14), join(directory, 'link'))
  commit(directory, {
    'archive.gz': gzipSync(withToken(15)),
    'wide.txt': Buffer.from(`\ufeff${withToken(16)}`, 'utf16le'),
    'marked.txt': `\ufeff${makeToken(17)} at the start`,
    'encoded.txt': Buffer.from(withToken(18).repeat(3)).toString('base64'),
    'program.bin': Buffer.concat([
      Buffer.from([0, 1, 2, 3, 0xff]),
      Buffer.from(makeToken(19)),
      Buffer.from([0]),
    ]),
    'no-newline.txt': `last line ${makeToken(20)}`,
  })
  expectAt(14, 'commit link:1 in HEAD')
  expectAt(15, 'commit archive.gz!archive:2 in HEAD')
  expectAt(16, 'commit wide.txt:2 in HEAD')
  expectAt(17, 'commit marked.txt:1 in HEAD')
  expectAt(18, 'commit encoded.txt:1 in HEAD')
  expectAt(19, 'commit program.bin:1 in HEAD')
  expectAt(20, 'commit no-newline.txt:1 in HEAD')

  git(directory, 'checkout', '-q', '--orphan', 'other')
  git(directory, 'rm', '-rfq', '.')
  git(directory, 'update-ref', 'refs/pull/7/head', commit(directory, { 'pull.txt': withToken(21) }))
  expectAt(21, 'commit pull.txt:2')
  const lost = commit(directory, { 'lost.txt': withToken(22) }, `lost ${makeToken(23)}`)
  expectAt(22, 'object lost.txt:2 unreachable')
  expectAt(23, 'file .git/COMMIT_EDITMSG:1', 'message commit')
  git(directory, 'checkout', '-qf', 'main')
  git(directory, 'branch', '-qD', 'other')
  git(directory, 'worktree', 'add', '-q', '--detach', join(makeDirectory(), 'linked'), 'main~2')
  const linked = git(directory, 'worktree', 'list', '--porcelain').match(/^worktree (.*linked)$/m)?.[1] ?? ''
  commit(linked, { 'linked.txt': withToken(24) })
  expectAt(24, 'commit linked.txt:2')
  writeFiles(directory, { 'staged.txt': withToken(13) })
  git(directory, 'add', 'staged.txt')
  expectAt(13, 'object staged.txt:2 unreachable')
  git(directory, 'reflog', 'delete', '--rewrite', ...reflogEntries(directory, lost))

  const found = placesBySecret(directory)
  const { [makeToken(7)]: note, [makeToken(11)]: name, ...others } = found
  expect(note).toEqual([expect.stringMatching(/^commit [0-9a-f]{2,}\S*:1$/)])
  expect(name).toEqual([expect.stringMatching(/^commit keys\/sk_l…\(\d+\)….{4}\.txt in HEAD$/)])
  expect(others).toMatchObject(expected)
})

/** Entries of HEAD's reflog that name a commit, the last ones first. */
function reflogEntries(directory: string, commit: string): string[] {
  const lines = git(directory, 'reflog', 'show', '--format=%H %gd', 'HEAD').split('\n')
  return lines
    .filter(line => line.startsWith(commit))
    .map(line => line.split(' ')[1] ?? '')
    .reverse()
}

test('a secret is reported where it comes in, not where it stays', () => {
  const directory = makeRepository()
  const first = commit(directory, { 'a.txt': withToken(1) })
  commit(directory, { 'a.txt': `${withToken(1)}more\n` })
  commit(directory, { 'a.txt': 'clean\n' })
  const again = commit(directory, { 'a.txt': withToken(1), 'b.txt': withToken(1) })
  git(directory, 'mv', 'b.txt', 'c.txt')
  git(directory, 'commit', '-qm', 'rename')
  const renamed = git(directory, 'rev-parse', 'HEAD').trim()
  const { findings } = scan(directory)
  expect(findings[0]?.places.map(({ commit, path, inHead }) => [commit, path, inHead])).toEqual(
    expect.arrayContaining([
      [first, 'a.txt', true],
      [again, 'a.txt', true],
      [again, 'b.txt', false],
      [renamed, 'c.txt', true],
    ]),
  )
  expect(findings[0]?.places.length).toBe(4)
})

test('values of one name in many files are found as in each file alone', () => {
  const directory = makeRepository()
  const files = Array.from({ length: 24 }, (_, i) => {
    const value = createHash('sha256').update(`value ${i}`).digest('hex').slice(0, 32)
    return [`${i}.yml`, `encryption_key: "${value}"\n`] as const
  })
  commit(directory, Object.fromEntries(files))
  const { stdout } = runCli(['scan', '.', '--format', 'json', '--show-secrets'], { cwd: directory })
  const { findings }: { findings: { secret: string }[] } = JSON.parse(stdout)
  expect(findings.length).toBeGreaterThan(20)
  expect(Object.keys(placesBySecret(directory)).sort()).toEqual(findings.map(({ secret }) => secret).sort())
})

test('a text with a NUL far behind its beginning hides nothing in others', () => {
  const directory = makeRepository()
  const value = createHash('sha256').update('value 5').digest('hex').slice(0, 32)
  commit(directory, {
    'a.txt': `${'a line that comes again\n'.repeat(400)}a \0 in a line\n`,
    'b.yml': `encryption_key: "${value}"\n`,
  })
  git(directory, 'repack', '-adq')
  expect(placesBySecret(directory)).toEqual({ [value]: ['commit b.yml:1 in HEAD'] })
})

test('a key is found in the version that has its end, far behind its beginning', () => {
  const directory = makeRepository()
  const body = Array.from({ length: 60 }, (_, i) =>
    createHash('sha512').update(`${i}`).digest('base64').slice(0, 64),
  )
  const label = ['RSA', 'PRIVATE', 'KEY'].join(' ')
  const begun = `-----BEGIN ${label}-----\n${body.join('\n')}\n`
  commit(directory, { 'key.txt': `${begun}-----END ${label}-----\n` })
  // The last version is read first, and the other as a delta of it.
  commit(directory, { 'key.txt': `${begun}${'The rest was cut off.\n'.repeat(9)}` })
  git(directory, 'repack', '-adq')
  expect(Object.values(placesBySecret(directory))).toEqual([['commit key.txt:1']])
})

test('a secret that HEAD no longer has is told with the commits that removed it', () => {
  const directory = makeRepository()
  const first = commit(directory, { 'a.txt': withToken(1), 'b.txt': withToken(1) })
  commit(directory, { 'a.txt': `${withToken(1)}more\n` })
  const cleaned = commit(directory, { 'a.txt': 'clean\n' })
  git(directory, 'mv', 'b.txt', 'c.txt')
  git(directory, 'commit', '-qm', 'rename')
  const renamed = git(directory, 'rev-parse', 'HEAD').trim()
  git(directory, 'checkout', '-qb', 'side', first)
  const never = commit(directory, { 'd.txt': withToken(1) })
  git(directory, 'checkout', '-q', 'main')
  const places = (scan(directory).findings[0]?.places ?? []).map(({ commit, path, inHead, removedBy }) => [
    commit,
    path,
    inHead,
    removedBy?.map(({ commit }) => commit),
  ])
  expect(places.sort()).toEqual(
    [
      [first, 'a.txt', false, [cleaned]],
      [first, 'b.txt', false, [renamed]],
      [renamed, 'c.txt', true, undefined],
      [never, 'd.txt', false, undefined],
    ].sort(),
  )
  const { stdout } = runCli(['scan', '--history'], { cwd: directory })
  expect(stdout).toMatch(new RegExp(`a\\.txt:2:7 in commit .*, removed by ${cleaned.slice(0, 12)} of `))
})

test('a secret in the name of a file is told with the commit that removed the file', () => {
  const directory = makeRepository()
  commit(directory, { [`${makeToken(1)}.txt`]: 'a\n', 'b.txt': 'b\n' })
  commit(directory, { [`${makeToken(1)}.txt`]: 'changed\n' })
  git(directory, 'rm', '-q', `${makeToken(1)}.txt`)
  git(directory, 'commit', '-qm', 'remove')
  const removed = git(directory, 'rev-parse', 'HEAD').trim()
  const { findings } = scan(directory)
  expect(findings[0]?.places).toMatchObject([{ inHead: false, removedBy: [{ commit: removed }] }])
})

test('a commit is told with the branches that git says contain it', () => {
  const directory = makeRepository()
  commit(directory, { 'a.txt': withToken(1) })
  git(directory, 'checkout', '-qb', 'side/one')
  commit(directory, { 'b.txt': withToken(2) })
  git(directory, 'checkout', '-q', 'main')
  git(directory, 'merge', '-q', '--no-ff', '-m', 'merge', 'side/one')
  commit(directory, { 'c.txt': withToken(3) })
  git(directory, 'update-ref', 'refs/remotes/origin/main', 'main~1')
  for (const { places } of scan(directory).findings) {
    for (const { commit = '', branches } of places) {
      const names = git(directory, 'branch', '--all', '--contains', commit, '--format=%(refname:short)')
      expect([...(branches ?? [])].sort()).toEqual(names.trim().split('\n').sort())
    }
  }
})

test('a report shows no secret in the name of a file or of an author', () => {
  const directory = makeRepository()
  commit(directory, { [`${makeToken(1)}.txt`]: `x\nkey = ${makeToken(2)}\n` })
  git(
    directory,
    '-c',
    `user.name=${makeToken(3)}`,
    'commit',
    '-q',
    '--allow-empty',
    '-m',
    `key ${makeToken(4)}`,
  )
  git(directory, 'branch', makeToken(5))
  for (const format of ['json', 'human', 'sarif']) {
    const { stdout } = runCli(['scan', '--history', '--format', format], { cwd: directory })
    for (const number of [1, 2, 3, 4, 5]) expect(stdout, format).not.toContain(makeToken(number))
  }
})

test.each([
  ['loose', []],
  ['packed', ['repack', '-adfq']],
  ['with deltas by name', ['-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq']],
])('a key of many lines is found when only its middle changes: %s', (_, repack) => {
  const key = (middle: string) =>
    [
      ['-----BEGIN RSA ', 'PRIVATE KEY-----'].join(''),
      ...Array.from(
        { length: 20 },
        (_, i) => `${'MIIEpAIBAAKCAQEA3Tz2mr7SZiAMfQyuvBjM9Oi8kWq1n0pXcVbEeRt'}${(i * 7919).toString(36)}`,
      ),
      middle,
      ...Array.from(
        { length: 20 },
        (_, i) => `${'hGfDsAzXcVbNmQwErTyUiOpLkJhGfDsAqWsEdRfTgYhUjIkOlPzAxSc'}${(i * 104_729).toString(36)}`,
      ),
      ['-----END RSA ', 'PRIVATE KEY-----', '\n'].join(''),
    ].join('\n')
  const directory = makeRepository()
  const text = 'some text before\n'.repeat(50)
  commit(directory, { 'key.pem': text + key('not a key line!') })
  const id = commit(directory, {
    'key.pem': text + key(['YuLkJhGfDsAqWsEdRfTgYhUj', 'IkOlPzAxScDvFbGnHmJkLqP'].join('')),
  })
  if (repack.length) git(directory, ...repack)
  const { findings } = scan(directory)
  expect(
    findings.flatMap(({ rule, places }) => places.map(({ commit, line }) => [rule, commit, line])),
  ).toEqual([['private-key', id, 51]])
})

test('a range, a date, a branch or reachability limits what is reported', () => {
  const directory = makeRepository()
  commit(directory, { 'a.txt': withToken(1) })
  git(directory, 'tag', 'start')
  commit(directory, { 'a.txt': `${withToken(1)}more\n`, 'b.txt': withToken(2) }, `message ${makeToken(3)}`)
  git(directory, 'checkout', '-q', '-b', 'side', 'start')
  commit(directory, { 'side.txt': withToken(4) })
  git(directory, 'checkout', '-q', 'main')
  writeFiles(directory, { 'staged.txt': withToken(5) })
  git(directory, 'add', '.')
  const found = (...args: string[]) => Object.keys(placesBySecret(directory, ...args)).sort()
  const tokens = (...numbers: number[]) => numbers.map(makeToken).sort()
  expect(found()).toEqual(tokens(1, 2, 3, 4, 5))
  expect(found('--reachable-only')).toEqual(tokens(1, 2, 3, 4))
  expect(found('--range', 'start..main')).toEqual(tokens(2, 3))
  expect(found('--range', 'start..')).toEqual(tokens(2, 3))
  expect(found('--branch', 'side')).toEqual(tokens(1, 4))
  expect(found('--since', 'start')).toEqual(tokens(2, 3, 4))
  expect(found('--since', '2000-01-01')).toEqual(tokens(1, 2, 3, 4))
  expect(found('--since', '2001-01-01', '--branch', 'side')).toEqual(tokens(1, 4))
})

test.each([
  [['--range', 'nowhere..main'], 'git cannot list the commits of "nowhere..main"'],
  [['--since', 'nonsense'], '"nonsense" is neither a commit nor a date'],
  [['--branch', '-q'], '"-q" names no commit'],
])('a commit that does not exist is trouble: %s', (args, message) => {
  const directory = makeRepository()
  commit(directory, { 'a.txt': withToken(1) })
  const { stderr, code } = runCli(['scan', '--history', ...args], { cwd: directory })
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) })
})

function cloneOf(directory: string, ...options: string[]): string {
  const clone = join(makeDirectory(), 'clone')
  git(directory, 'clone', '-q', ...options, `file://${directory}`, clone)
  return clone
}

test('a shallow clone is told from a whole one, and what it has is searched', () => {
  const directory = makeRepository()
  const first = commit(directory, { 'a.txt': withToken(1) })
  commit(directory, { 'b.txt': withToken(2) })
  const { coverage, findings } = scan(cloneOf(directory, '--depth', '1'))
  expect(findings.map(({ secret }) => secret).sort()).toEqual([1, 2].map(makeToken).sort())
  expect(coverage).toMatchObject({
    complete: false,
    skipped: [{ reason: 'shallow', count: 1, examples: [first] }],
  })
})

test('objects that a partial clone lacks are named and not fetched', () => {
  const directory = makeRepository()
  git(directory, 'config', 'uploadpack.allowFilter', 'true')
  commit(directory, { 'a.txt': withToken(1) }, `message ${makeToken(2)}`)
  const blob = git(directory, 'rev-parse', 'HEAD:a.txt').trim()
  const clone = cloneOf(directory, '--bare', '--filter=blob:none')
  const { coverage, findings } = scan(clone)
  expect(findings.map(({ secret }) => secret)).toEqual([makeToken(2)])
  expect(coverage).toMatchObject({
    complete: false,
    skipped: [{ reason: 'partial-clone', count: 1, examples: [blob] }],
  })
  expect(git(clone, 'rev-list', '--all', '--objects', '--missing=print')).toContain(`?${blob}`)
})

test('a bare repository with SHA-256 names is searched as any other', () => {
  const directory = makeDirectory()
  git(directory, 'init', '-q', '-b', 'main', '--object-format=sha256')
  git(directory, 'config', 'user.name', 'Ada Test')
  git(directory, 'config', 'user.email', 'ada@test.invalid')
  const id = commit(directory, { 'a.txt': withToken(1) })
  const { findings, coverage } = scan(cloneOf(directory, '--bare'))
  expect(findings[0]?.places).toMatchObject([{ kind: 'commit', commit: id, path: 'a.txt', inHead: true }])
  expect(coverage).toMatchObject({ complete: true })
})

test('a damaged object is named, and the others are searched', () => {
  const directory = makeRepository()
  commit(directory, { 'a.txt': withToken(1), 'b.txt': withToken(2) })
  const blob = git(directory, 'rev-parse', 'HEAD:a.txt').trim()
  const file = join(directory, '.git', 'objects', blob.slice(0, 2), blob.slice(2))
  rmSync(file)
  writeFileSync(file, 'no object')
  const { findings, coverage } = scan(directory)
  expect(findings.map(({ secret }) => secret)).toEqual([makeToken(2)])
  expect(coverage).toMatchObject({
    complete: false,
    skipped: [{ reason: 'corrupt-object', count: 1, examples: [blob] }],
  })
})

test('a branch whose commit is gone is named, and the others are searched', () => {
  const directory = makeRepository()
  commit(directory, { 'a.txt': withToken(1) })
  git(directory, 'checkout', '-qb', 'topic')
  const gone = commit(directory, { 'b.txt': withToken(2) })
  rmSync(join(directory, '.git/objects', gone.slice(0, 2), gone.slice(2)), { force: true })
  const { findings, coverage } = scan(directory)
  expect(findings.map(({ secret }) => secret).sort()).toEqual([makeToken(1), makeToken(2)].sort())
  expect(coverage).toMatchObject({
    complete: false,
    skipped: [{ reason: 'missing-object', count: 1, examples: [gone] }],
  })
})

test('a pack that is cut off is told, and ends', () => {
  const directory = makeRepository()
  for (let i = 1; i <= 5; i++) commit(directory, { [`${i}.txt`]: withToken(i) })
  git(directory, 'gc', '-q')
  const folder = join(directory, '.git', 'objects', 'pack')
  const pack = join(folder, readdirSync(folder).find(name => name.endsWith('.pack')) ?? '')
  chmodSync(pack, 0o644)
  truncateSync(pack, statSync(pack).size >> 1)
  const { coverage } = scan(directory)
  expect(coverage.complete).toBe(false)
  expect(coverage.skipped.map(({ reason }) => reason)).toContain('corrupt-object')
})
