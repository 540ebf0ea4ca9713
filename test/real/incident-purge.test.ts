import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { findProgram } from '../support/find-program.ts'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const token = makeToken(13)

function incident(cwd: string, ...args: string[]) {
  return runCli(['incident', ...args], { cwd })
}

function commit(directory: string, message: string, files: Readonly<Record<string, string | Buffer>>): void {
  writeFiles(directory, files)
  git(directory, 'add', '-A')
  git(directory, 'commit', '-qm', message)
}

const lfsContent = `a large file with ${token}\n`
const lfsId = createHash('sha256').update(lfsContent).digest('hex')
const lfsPointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${lfsId}\nsize ${lfsContent.length}\n`

/** A shared repository whose history holds the value in every way, a fork of it, and a colleague's clone. */
function makeWorld() {
  const world = makeDirectory()
  const author = makeRepository({ 'README.md': 'shop\n' })
  commit(author, 'Begin', {})
  commit(author, 'Pay', { 'src/pay.ts': `const key = '${token}'\n` })
  git(author, 'mv', 'src/pay.ts', 'src/payment.ts')
  git(author, 'commit', '-qm', 'Rename')
  commit(author, 'Pack', {
    'dump.sql.gz': gzipSync(`insert '${token}'`),
    'secret.yaml': `key: ${Buffer.from(`x${token}`).toString('base64')}\n`,
    'release.yaml': `release: ${gzipSync(`key: ${token}`).toString('base64')}\n`,
    'model.bin': lfsPointer,
  })
  writeFiles(author, { [`.git/lfs/objects/${lfsId.slice(0, 2)}/${lfsId.slice(2, 4)}/${lfsId}`]: lfsContent })
  git(author, 'checkout', '-q', '-b', 'feature', 'HEAD~1')
  commit(author, `Use ${token}`, { 'b.txt': 'b\n' })
  git(author, 'tag', '-a', 'v1', '-m', `released with ${token}`)
  git(author, 'notes', 'add', '-m', `note ${token}`, 'HEAD')
  git(author, 'checkout', '-q', 'main')
  commit(author, 'Remove', {
    'src/payment.ts': 'const key = process.env.KEY\n',
    'secret.yaml': 'key: none\n',
  })
  const [origin, fork, colleague] = ['origin.git', 'fork.git', 'colleague'].map(name =>
    join(world, name),
  ) as [string, string, string]
  git(world, 'clone', '-q', '--mirror', author, origin)
  git(origin, 'config', '--unset', 'remote.origin.mirror')
  git(origin, 'remote', 'remove', 'origin')
  git(origin, 'update-ref', 'refs/pull/1/head', 'refs/heads/feature')
  git(world, 'clone', '-q', '--mirror', origin, fork)
  git(world, 'clone', '-q', origin, colleague)
  git(colleague, 'config', 'user.name', 'Bob')
  git(colleague, 'config', 'user.email', 'bob@test.invalid')
  git(author, 'remote', 'add', 'origin', origin)
  return { world, author, origin, fork, colleague }
}

function startIncident(author: string): string {
  const scan = runCli(['scan', '--history', '--format', 'json', '.'], { cwd: author })
  const { findings } = JSON.parse(scan.stdout)
  const [finding] = findings.filter(({ rule }: { rule: string }) => rule.startsWith('stripe'))
  expect(incident(author, 'start', '--finding', finding.fingerprint).code).toBe(0)
  const folder = join(author, '.stanch/incidents')
  return join(folder, readdirSync(folder).filter(name => name !== '.gitignore')[0] ?? '')
}

test('a purge is planned, run with git-filter-repo, verified, and guarded', () => {
  const filterRepo = findProgram('git-filter-repo', 'pip install git-filter-repo==2.47.0')
  const { world, author, origin, fork, colleague } = makeWorld()
  const folder = startIncident(author)

  const early = incident(author, 'purge-plan')
  expect([early.code, early.stderr]).toEqual([2, expect.stringContaining('is not verified dead')])
  for (const step of ['open', 'snapshot', 'strategy', 'contain', 'verify-dead'])
    expect(incident(author, 'waive', step, '--reason', 'a test').code).toBe(0)

  const plan = incident(author, 'purge-plan')
  expect(plan.code).toBe(0)
  expect(plan.stdout).not.toContain(token)
  for (const how of [
    'blob | as it is |',
    'blob | as it is, in an archive |',
    'blob | base64 |',
    'commit | as it is |',
    'tag | as it is |',
    'blob | base64 of gzip | release.yaml |',
    'blob | stands for an LFS object | model.bin |',
    `${lfsId} | lfs | as it is |`,
    `rm -f .git/lfs/objects/${lfsId.slice(0, 2)}/${lfsId.slice(2, 4)}/${lfsId}`,
  ])
    expect(plan.stdout).toContain(how)
  expect(plan.stdout).toMatch(
    /Refs: refs\/heads\/feature, refs\/heads\/main, refs\/notes\/commits, refs\/tags\/v1/,
  )
  const expressions = join(folder, 'purge/expressions.txt')
  expect(statSync(expressions).mode & 0o777).toBe(0o600)
  const ticket = readFileSync(join(folder, 'purge/ticket.txt'), 'utf8')
  expect(ticket).not.toContain(token)
  expect(ticket).toContain(`Orphaned LFS objects: ${lfsId}`)

  // The commands of the plan, as they stand there.
  const [purge = ''] = /^git filter-repo (?:.*\\\n)*.*$/m.exec(plan.stdout) ?? []
  git(world, 'clone', '-q', '--mirror', origin, 'purge.git')
  const clone = join(world, 'purge.git')
  const PATH = `${dirname(filterRepo)}${delimiter}${process.env.PATH}`
  const run = spawnSync('bash', ['-c', purge], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...process.env, PATH },
  })
  expect([run.status, run.status ? run.stderr : '']).toEqual([0, ''])

  const isClean = (path: string) => incident(author, 'purge-plan', '--verify', path)
  expect(isClean(clone)).toEqual({
    code: 0,
    stdout: 'Nothing in this repository holds the value.\n',
    stderr: '',
  })
  expect(git(clone, 'show', 'HEAD~1:src/payment.ts')).toBe("const key = '***REMOVED***'\n")
  expect(git(clone, 'show', 'HEAD~1:release.yaml')).toBe('release: ***REMOVED***\n')

  // Before the server collects garbage, and in the fork, the value is still there.
  git(clone, 'push', '-q', '--force', '--mirror', origin)
  expect(isClean(origin).code).toBe(1)
  expect(isClean(fork).code).toBe(1)
  git(origin, 'reflog', 'expire', '--expire=now', '--all')
  git(origin, 'gc', '-q', '--prune=now')
  expect(isClean(origin).code).toBe(0)

  // A colleague who has not cloned anew: with the guard nothing comes back.
  const hook = join(origin, 'hooks/pre-receive')
  copyFileSync(join(folder, 'purge/guard.sh'), hook)
  chmodSync(hook, 0o755)
  git(colleague, 'fetch', '-q', '--force', 'origin')
  git(colleague, 'merge', '-q', '--allow-unrelated-histories', '-X', 'ours', '-m', 'Merge', 'origin/main')
  const push = spawnSync('git', ['push', 'origin', 'HEAD:main'], { cwd: colleague, encoding: 'utf8' })
  expect(push.status).not.toBe(0)
  expect(push.stderr).toMatch(/refused: refs\/heads\/main brings back commit [0-9a-f]{40}, which was purged/)
  const ci = spawnSync('sh', [join(folder, 'purge/guard.sh'), 'ci'], { cwd: colleague, encoding: 'utf8' })
  expect([ci.status, ci.stderr]).toEqual([1, expect.stringContaining('refused: HEAD brings back')])
  expect(isClean(origin).code).toBe(0)

  // One who has can go on.
  git(world, 'clone', '-q', origin, 'anew')
  const anew = join(world, 'anew')
  git(anew, 'config', 'user.name', 'Bob')
  git(anew, 'config', 'user.email', 'bob@test.invalid')
  commit(anew, 'Go on', { 'c.txt': 'c\n' })
  git(anew, 'push', '-q', 'origin', 'HEAD:main')

  expect(incident(author, 'purge-plan', '--shred').code).toBe(0)
  expect(existsSync(expressions)).toBe(false)
  const left = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  for (const { parentPath, name } of left)
    expect(readFileSync(join(parentPath, name), 'latin1')).not.toContain(token)
}, 300_000)

test('a value of several lines, given by standard input, goes too', () => {
  const filterRepo = findProgram('git-filter-repo', 'pip install git-filter-repo==2.47.0')
  const value = 'first line of it\nsecond (line) \\d+\nthird'
  const author = makeRepository({ 'a.txt': `x\n${value}\ny\n` })
  commit(author, 'Begin', {})
  writeFileSync(join(author, 'value'), value)
  incident(author, 'start', '--provider', 'generic')
  for (const step of ['open', 'snapshot', 'strategy', 'contain', 'verify-dead'])
    incident(author, 'waive', step, '--reason', 'a test')
  const plan = runCli(['incident', 'purge-plan', '--stdin'], { cwd: author, input: value })
  const [purge = ''] = /^git filter-repo (?:.*\\\n)*.*$/m.exec(plan.stdout) ?? []
  const world = makeDirectory()
  git(world, 'clone', '-q', '--mirror', author, 'purge.git')
  const clone = join(world, 'purge.git')
  const PATH = `${dirname(filterRepo)}${delimiter}${process.env.PATH}`
  const run = spawnSync('bash', ['-c', purge], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...process.env, PATH },
  })
  expect(run.status).toBe(0)
  expect(git(clone, 'show', 'HEAD:a.txt')).toBe('x\n***REMOVED***\ny\n')
})
