import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { quickStart } from '../../src/hooks/quick-start.ts'
import { makeCommitted, tryGit } from '../support/hooked-repository.ts'
import { makeZip } from '../support/make-archives.ts'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'

const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
const other = ['sk_l', 'ive_', 'uAf6eQ8zT5vQ', '1hXw7PbJ3mN9'].join('')

function hook(cwd: string, ...args: string[]) {
  return runCli(['hook', ...args], { cwd })
}

function commit(directory: string, files: Record<string, string | Buffer>, ...args: string[]) {
  writeFiles(directory, files)
  git(directory, 'add', '.')
  return tryGit(directory, ['commit', '-qm', 'x', ...args])
}

const read = (directory: string, name: string) => readFileSync(join(directory, name), 'utf8')

test('an installed hook stops a commit that holds a secret, in fifteen lines that say what to do', () => {
  const directory = makeCommitted()
  expect(hook(directory, 'install')).toEqual({
    code: 0,
    stdout: 'pre-commit hook installed in .git/hooks/pre-commit (git).\n',
    stderr: '',
  })
  expect(commit(directory, { 'b.ts': 'fine\n' })).toEqual({ code: 0, said: '' })
  const { code, said } = commit(directory, { 'src/pay.ts': `\nconst key = '${token}'\n` })
  expect(code).toBe(1)
  expect(said).toMatch(
    /^stanch: this commit was stopped, it would leak a secret\n {2}src\/pay\.ts:2:14\n {4}critical: Stripe .* sk_l…\(32\)…K2sL {2}st1:[0-9a-f]{20}\n {4}\S.*\n\n1\. Take it out: .*\n2\. No secret\? .*\n3\. Already pushed or shared\? .*stanch rules show stripe-secret-key\nTo skip the check once: git commit --no-verify\n$/,
  )
  expect(said).not.toContain(token.slice(8))
  expect(
    commit(directory, { 'src/pay.ts': `key = '${token}' // stanch:allow -- of the test account\n` }).code,
  ).toBe(0)
})

test('however many secrets there are, people see at most fifteen lines', () => {
  const directory = makeCommitted()
  hook(directory, 'install')
  const values = Array.from({ length: 9 }, (_, i) => token.replace('q8Zt', `q8Z${i}`))
  const { said } = commit(directory, Object.fromEntries(values.map((value, i) => [`f${i}.ts`, value])))
  expect(said).toContain('it would leak 9 secrets')
  expect(said).toContain('  and 7 more: stanch scan --staged\n')
  expect(said.trimEnd().split('\n').length).toBeLessThanOrEqual(15)
})

test('git commit -a, git commit PATH and amending are checked by what they commit', () => {
  const directory = makeCommitted({ 'a.ts': 'one\n', 'b.ts': 'two\n' })
  hook(directory, 'install')
  writeFiles(directory, { 'a.ts': `${token}\n`, 'b.ts': 'three\n' })
  expect(tryGit(directory, ['commit', '-qam', 'x']).code).toBe(1)
  expect(tryGit(directory, ['commit', '-qm', 'x', 'a.ts']).code).toBe(1)
  expect(tryGit(directory, ['commit', '-qm', 'x', 'b.ts']).code).toBe(0)
  git(directory, 'add', 'a.ts')
  expect(tryGit(directory, ['commit', '-q', '--amend', '--no-edit']).code).toBe(1)
  expect(tryGit(directory, ['commit', '-q', '--amend', '--no-edit', '--no-verify']).code).toBe(0)
})

test('the first commit and a merge are checked too', () => {
  const directory = makeRepository()
  hook(directory, 'install')
  expect(commit(directory, { 'a.ts': token }).code).toBe(1)
  expect(commit(directory, { 'a.ts': 'base\n' }).code).toBe(0)
  git(directory, 'checkout', '-q', '-b', 'side')
  expect(commit(directory, { 'a.ts': 'side\n' }).code).toBe(0)
  git(directory, 'checkout', '-q', 'main')
  expect(commit(directory, { 'a.ts': 'main\n' }).code).toBe(0)
  expect(tryGit(directory, ['merge', '-q', 'side']).code).toBe(1)
  expect(commit(directory, { 'a.ts': `main\n${other}\n` }).code).toBe(1)
  expect(commit(directory, { 'a.ts': 'main\nside\n' }).code).toBe(0)
})

test('the code of the hook is compiled for the Node that built it', () => {
  expect(isCompiled('hook-code', quickStart)).toBe('true\n')
})

test('the code of run stays compiled when a vault is made', () => {
  const cwd = makeDirectory()
  const env = { STANCH_IDENTITY_FILE: join(cwd, 'identity'), STANCH_LOCAL_VAULT: join(cwd, 'vault.age') }
  expect(runCli(['vault', 'init'], { cwd, env }).code).toBe(0)
  expect(isCompiled('run-code', [])).toBe('true\n')
})

function isCompiled(name: string, options: readonly string[]): string {
  const script = `import('./src/system/load-code.ts').then(m => console.log(m.isCompiled('${name}')))`
  return spawnSync(process.execPath, [...options, '--import', 'tsx', '--eval', script], { encoding: 'utf8' })
    .stdout
}

test('a hook works in a linked work tree, in a folder below, and with blanks in the path', () => {
  const directory = makeCommitted({ 'deep/a.ts': 'one\n' })
  hook(directory, 'install')
  const linked = join(makeDirectory(), 'linked work tree')
  git(directory, 'worktree', 'add', '-q', '-b', 'linked', linked)
  expect(commit(linked, { 'b.ts': token }).code).toBe(1)
  writeFiles(directory, { 'deep/b.ts': other })
  git(directory, 'add', '.')
  expect(tryGit(join(directory, 'deep'), ['commit', '-qm', 'x']).code).toBe(1)
})

test("an existing hook's lines stay, are run after ours, and come back alone", () => {
  const directory = makeCommitted()
  const own = '#!/bin/bash\n# mine\necho mine >> ran\n'
  writeFiles(directory, { '.git/hooks/pre-commit': own })
  chmodSync(join(directory, '.git/hooks/pre-commit'), 0o755)
  hook(directory, 'install')
  hook(directory, 'install')
  expect(read(directory, '.git/hooks/pre-commit').match(/>>> stanch/g)).toHaveLength(1)
  expect(read(directory, '.git/hooks/pre-commit').startsWith('#!/bin/bash\n# >>> stanch')).toBe(true)
  expect(commit(directory, { 'b.ts': token }).code).toBe(1)
  expect(existsSync(join(directory, 'ran'))).toBe(false)
  expect(commit(directory, { 'b.ts': 'fine' }).code).toBe(0)
  expect(read(directory, 'ran')).toBe('mine\n')
  expect(hook(directory, 'uninstall', '--yes').stdout).toBe('change .git/hooks/pre-commit\n')
  expect(read(directory, '.git/hooks/pre-commit')).toBe(own)
})

test('a hook in another language is moved aside and run after ours', () => {
  const directory = makeCommitted()
  const own = `#!${process.execPath}\nrequire('node:fs').appendFileSync('ran', 'mine')\n`
  writeFiles(directory, { '.git/hooks/pre-commit': own })
  chmodSync(join(directory, '.git/hooks/pre-commit'), 0o755)
  hook(directory, 'install')
  expect(commit(directory, { 'b.ts': token }).code).toBe(1)
  expect(existsSync(join(directory, 'ran'))).toBe(false)
  expect(commit(directory, { 'b.ts': 'fine' }).code).toBe(0)
  expect(read(directory, 'ran')).toBe('mine')
  expect(hook(directory, 'doctor').code).toBe(0)
  hook(directory, 'uninstall', '--yes')
  expect(read(directory, '.git/hooks/pre-commit')).toBe(own)
})

test('uninstall asks; without a terminal and without --yes it changes nothing', () => {
  const directory = makeCommitted()
  hook(directory, 'install')
  expect(hook(directory, 'uninstall')).toEqual({
    code: 2,
    stdout: 'remove .git/hooks/pre-commit\n',
    stderr: 'stanch: nothing was changed\n  Give --yes to go on without a question.\n',
  })
  expect(hook(directory, 'uninstall', '--yes').code).toBe(0)
  expect(existsSync(join(directory, '.git/hooks/pre-commit'))).toBe(false)
  expect(hook(directory, 'uninstall').stdout).toBe('No hook of stanch is installed.\n')
})

/** A repository with a bare remote that has its first commit, and the hook before pushes. */
function makePushable(): { directory: string; remote: string } {
  const directory = makeCommitted()
  const remote = join(makeDirectory(), 'remote.git')
  git(directory, 'init', '-q', '--bare', remote)
  git(directory, 'remote', 'add', 'origin', remote)
  git(directory, 'push', '-q', 'origin', 'main')
  hook(directory, 'install', '--type', 'pre-push')
  return { directory, remote }
}

test('a push is checked by its commits: what was added and removed again on the way, too', () => {
  const { directory } = makePushable()
  expect(commit(directory, { 'b.ts': token }).code).toBe(0)
  const stopped = tryGit(directory, ['push', '-q', 'origin', 'main'])
  expect(stopped.code).toBe(1)
  expect(stopped.said).toMatch(
    /^stanch: this push was stopped, it would leak a secret\n {2}b\.ts:1:1 in commit /,
  )
  commit(directory, { 'b.ts': 'removed\n' })
  expect(tryGit(directory, ['push', '-q', 'origin', 'main']).code).toBe(1)
  git(directory, 'reset', '-q', '--hard', 'origin/main')
  expect(commit(directory, { 'c.ts': 'fine\n' }).code).toBe(0)
  expect(tryGit(directory, ['push', '-q', 'origin', 'main'])).toEqual({ code: 0, said: '' })
})

test('a push is checked for what is in archives', () => {
  const { directory } = makePushable()
  const zip = makeZip([{ name: 'inner.ini', content: `a\nkey = ${token}\n` }])
  writeFiles(directory, { 'a.zip': zip })
  git(directory, 'add', '.')
  git(directory, 'commit', '-q', '--no-verify', '-m', 'zip')
  expect(tryGit(directory, ['push', '-q', 'origin', 'main']).said).toContain('a.zip!inner.ini:2:7 in commit ')
})

test('a push is checked for what is in UTF-16, where git counts other lines than a reader', () => {
  const { directory } = makePushable()
  // The first letter has a byte in it that git takes for the end of a line.
  const wide = (text: string) => Buffer.from(`\ufeff\u010a\n${text}`, 'utf16le')
  expect(commit(directory, { 'wide.ini': wide('a\nb\n') }).code).toBe(0)
  git(directory, 'push', '-q', 'origin', 'main')
  expect(commit(directory, { 'wide.ini': wide(`a\ntoken=${token}\nb\n`) }).code).toBe(0)
  const { code, said } = tryGit(directory, ['push', '-q', 'origin', 'main'])
  expect(said).toContain('wide.ini:3:7 in commit ')
  expect(code).toBe(1)
})

const pushes: [title: string, prepare: (directory: string) => string[]][] = [
  [
    'a new branch',
    d => (git(d, 'checkout', '-q', '-b', 'topic'), commit(d, { b: token }), ['origin', 'topic']),
  ],
  [
    'a merge that adds a line of its own',
    d => {
      git(d, 'checkout', '-q', '-b', 'side')
      commit(d, { s: 'side\n' })
      git(d, 'checkout', '-q', 'main')
      commit(d, { m: 'main\n' })
      git(d, 'merge', '-q', '--no-commit', '--no-ff', 'side')
      commit(d, { s: `side\n${token}\n` })
      return ['origin', 'main']
    },
  ],
  ['a message', d => (git(d, 'commit', '-q', '--allow-empty', '-m', `key ${token}`), ['origin', 'main'])],
  ["an annotated tag's message", d => (git(d, 'tag', '-a', 'v1', '-m', token), ['origin', 'v1'])],
  [
    'all branches at once',
    d => (git(d, 'checkout', '-q', '-b', 'x'), commit(d, { b: token }), ['--all', 'origin']),
  ],
  [
    'a detached commit by its name',
    d => (git(d, 'checkout', '-q', '--detach'), commit(d, { b: token }), ['origin', 'HEAD:refs/heads/y']),
  ],
  [
    'another remote, which has seen nothing',
    d => {
      commit(d, { b: token }, '--no-verify')
      git(d, 'push', '-q', '--no-verify', 'origin', 'main')
      const elsewhere = join(makeDirectory(), 'other.git')
      git(d, 'init', '-q', '--bare', elsewhere)
      git(d, 'remote', 'add', 'other', elsewhere)
      return ['other', 'main']
    },
  ],
  [
    'an address instead of a remote',
    d => {
      commit(d, { b: token }, '--no-verify')
      const elsewhere = join(makeDirectory(), 'other.git')
      git(d, 'init', '-q', '--bare', elsewhere)
      return [elsewhere, 'main']
    },
  ],
]

test.each(pushes)('a push of %s is stopped', (_title, prepare) => {
  const { directory } = makePushable()
  expect(tryGit(directory, ['push', '-q', ...prepare(directory)]).code).toBe(1)
})

test('what the remote has already, deletions and empty pushes pass', () => {
  const { directory } = makePushable()
  commit(directory, { 'b.ts': token })
  git(directory, 'push', '-q', '--no-verify', 'origin', 'main')
  commit(directory, { 'b.ts': `${token}\nmore\n`, 'c.ts': 'c\n' })
  expect(tryGit(directory, ['push', '-q', 'origin', 'main'])).toEqual({ code: 0, said: '' })
  git(directory, 'push', '-q', 'origin', 'main:topic')
  expect(tryGit(directory, ['push', '-q', 'origin', ':topic'])).toEqual({ code: 0, said: '' })
  expect(tryGit(directory, ['push', '-q', 'origin', 'main']).code).toBe(0)
})

test('an existing pre-push hook still gets what git says to it', () => {
  const { directory } = makePushable()
  const path = join(directory, '.git/hooks/pre-push')
  writeFiles(directory, {
    '.git/hooks/pre-push': `${readFileSync(path, 'utf8')}cat > "$PWD/heard"; echo "$1" >> heard\n`,
  })
  commit(directory, { 'c.ts': 'c\n' })
  expect(tryGit(directory, ['push', '-q', 'origin', 'main']).code).toBe(0)
  expect(read(directory, 'heard')).toMatch(
    /^refs\/heads\/main [0-9a-f]{40} refs\/heads\/main [0-9a-f]{40}\norigin\n$/,
  )
})

test('on a server, objects are checked while they are in quarantine, before any ref moves', () => {
  const server = join(makeDirectory(), 'server.git')
  const directory = makeCommitted()
  git(directory, 'init', '-q', '--bare', '-b', 'main', server)
  git(directory, 'remote', 'add', 'origin', server)
  expect(hook(server, 'install', '--type', 'pre-receive').stdout).toBe(
    'pre-receive hook installed in hooks/pre-receive (git).\n',
  )
  expect(tryGit(directory, ['push', '-q', 'origin', 'main']).code).toBe(0)
  const before = git(server, 'rev-parse', 'main')
  commit(directory, { 'b.ts': token })
  const { code, said } = tryGit(directory, ['push', '-q', 'origin', 'main'])
  expect(code).toBe(1)
  expect(said).toContain('remote: stanch: this push was stopped, it would leak a secret')
  expect(said).toContain('remote:   b.ts:1:1 in commit ')
  expect(said).not.toContain('no-verify')
  expect(git(server, 'rev-parse', 'main')).toBe(before)
  expect(tryGit(server, ['cat-file', '-e', git(directory, 'rev-parse', 'main:b.ts').trim()]).code).not.toBe(0)
  git(directory, 'reset', '-q', '--hard', 'HEAD~')
  commit(directory, { 'b.ts': 'fine\n' })
  expect(tryGit(directory, ['push', '-q', 'origin', 'main', 'main:new']).code).toBe(0)
  expect(tryGit(directory, ['push', '-q', 'origin', ':new']).code).toBe(0)
})

test('husky: the line goes into its file, and stays beside what is there', () => {
  const directory = makeCommitted()
  writeFiles(directory, { '.husky/pre-commit': 'npm test\n' })
  const { stdout } = hook(directory, 'install')
  expect(stdout).toBe(
    'pre-commit hook installed in .husky/pre-commit (husky).\nRun "npx husky" once, so that git uses .husky/.\n',
  )
  const text = read(directory, '.husky/pre-commit')
  expect(text).toMatch(/^# >>> stanch pre-commit >>>[\s\S]*# <<< stanch pre-commit <<<\nnpm test\n$/)
  expect(text).not.toContain(directory)
  expect(text).not.toContain(process.execPath)
  expect(hook(directory, 'doctor').stdout).toContain('problem: pre-commit: git does not call husky')
  hook(directory, 'uninstall', '--yes')
  expect(read(directory, '.husky/pre-commit')).toBe('npm test\n')
})

test('the pre-commit framework: an entry, with comments and order kept', () => {
  const directory = makeCommitted()
  const own =
    '# ours\nrepos:\n  - repo: local\n    hooks:\n      - id: mine # first\n        entry: "true"\n        language: system\n        name: mine\n'
  writeFiles(directory, { '.pre-commit-config.yaml': own })
  expect(hook(directory, 'install').stdout).toBe(
    'pre-commit hook installed in .pre-commit-config.yaml (pre-commit-framework).\nRun "pre-commit install --hook-type pre-commit" once.\n',
  )
  hook(directory, 'install')
  hook(directory, 'install', '--type', 'pre-push')
  const text = read(directory, '.pre-commit-config.yaml')
  expect(text.startsWith(own.trimEnd())).toBe(true)
  expect(text.match(/id: stanch$/gm)).toHaveLength(1)
  expect(text).toContain('id: stanch-pre-push')
  hook(directory, 'uninstall', '--yes')
  expect(read(directory, '.pre-commit-config.yaml')).toBe(own)
})

test('lefthook: a command, or a job where the file has jobs', () => {
  const directory = makeCommitted()
  writeFiles(directory, { 'lefthook.yml': 'pre-commit:\n  parallel: true # fast\n' })
  hook(directory, 'install')
  hook(directory, 'install', '--type', 'pre-push')
  expect(read(directory, 'lefthook.yml')).toBe(
    'pre-commit:\n  parallel: true # fast\n  commands:\n    stanch:\n      run: stanch hook run pre-commit\npre-push:\n  commands:\n    stanch:\n      run: stanch hook run pre-push {1} {2}\n      use_stdin: true\n',
  )
  hook(directory, 'uninstall', '--yes')
  expect(read(directory, 'lefthook.yml')).toBe('pre-commit:\n  parallel: true # fast\n')
  writeFiles(directory, { 'lefthook.yml': 'pre-commit:\n  jobs:\n    - run: npm test\n' })
  hook(directory, 'install')
  hook(directory, 'install')
  expect(read(directory, 'lefthook.yml')).toBe(
    'pre-commit:\n  jobs:\n    - run: npm test\n    - name: stanch\n      run: stanch hook run pre-commit\n',
  )
})

test('doctor: installed and working, not installed, not executable, ended early, skipped by an alias', () => {
  const directory = makeCommitted()
  expect(hook(directory, 'doctor')).toEqual({
    code: 1,
    stdout: 'problem: no hook is installed: run "stanch hook install"\n',
    stderr: '',
  })
  hook(directory, 'install')
  expect(hook(directory, 'doctor')).toEqual({
    code: 0,
    stdout: 'pre-commit hook in .git/hooks/pre-commit (git)\nAll is well.\n',
    stderr: '',
  })
  const path = join(directory, '.git/hooks/pre-commit')
  chmodSync(path, 0o644)
  git(directory, 'config', 'alias.ci', 'commit --no-verify')
  writeFiles(directory, {
    '.git/hooks/pre-commit': readFileSync(path, 'utf8').replace('#!/bin/sh\n', '#!/bin/sh\nexit 0\n'),
  })
  expect(hook(directory, 'doctor').stdout.split('\n').slice(1, -1)).toEqual([
    `problem: pre-commit: "${path}" is not executable, so git ignores it: chmod +x it`,
    `problem: pre-commit: a line before ours in "${path}" ends the script early`,
    'problem: the alias "ci" skips hooks (--no-verify)',
  ])
})

test('doctor: a hook that core.hooksPath shadows is never run', () => {
  const directory = makeCommitted()
  hook(directory, 'install')
  mkdirSync(join(directory, 'other'))
  git(directory, 'config', 'core.hooksPath', 'other')
  expect(commit(directory, { 'b.ts': token }).code).toBe(0)
  const { code, stdout } = hook(directory, 'doctor')
  expect(code).toBe(1)
  expect(stdout).toContain(
    `is never run: core.hooksPath (local configuration) makes git look in "${join(directory, 'other')}"`,
  )
  hook(directory, 'install')
  expect(statSync(join(directory, 'other/pre-commit')).mode & 0o111).not.toBe(0)
  expect(hook(directory, 'doctor').code).toBe(0)
  expect(commit(directory, { 'c.ts': other }).code).toBe(1)
})

test('doctor: a hook whose program is gone does not work, and stops commits rather than let them pass', () => {
  const directory = makeCommitted()
  hook(directory, 'install')
  const text = read(directory, '.git/hooks/pre-commit').replace(
    /stanch_hook='[^']*'/,
    "stanch_hook='/nowhere/hook.cjs'",
  )
  writeFiles(directory, { '.git/hooks/pre-commit': text })
  expect(hook(directory, 'doctor').stdout).toContain(
    'problem: pre-commit: the hook does not work: stanch is not installed',
  )
  const { code, said } = commit(directory, { 'b.ts': 'fine' })
  expect({ code, said: said.slice(0, 24) }).toEqual({ code: 1, said: 'stanch is not installed,' })
})

const mistakes: [title: string, cwd: () => string, args: string[], said: string][] = [
  ['two managers', makeRepository, ['install', '--git', '--husky'], '--husky and --git exclude each other'],
  ['no repository', makeDirectory, ['install'], 'there is no git repository around'],
  [
    'a hook that is not known',
    makeRepository,
    ['run', 'post-commit'],
    '"post-commit" is no hook that is known',
  ],
  [
    'pre-receive in a clone',
    makeRepository,
    ['install', '--type', 'pre-receive'],
    'pre-receive runs on a server',
  ],
  [
    'another input than git gives',
    makeRepository,
    ['run', 'pre-push'],
    '"hello" is not what git says to a hook',
  ],
]

test.each(mistakes)('%s ends with 2', (_title, cwd, args, said) => {
  const { code, stderr } = runCli(['hook', ...args], { cwd: cwd(), input: 'hello\n' })
  expect(code).toBe(2)
  expect(stderr).toContain(said)
})
