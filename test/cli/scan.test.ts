import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'

const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
const other = ['sk_l', 'ive_', 'uAf6eQ8zT5vQ', '1hXw7PbJ3mN9'].join('')

interface JsonPlace {
  path: string
  line: number
  column: number
  tracked: boolean
}

/** Scans and answers with `path:line:column` of every place. */
function placesIn(directory: string, ...args: string[]): string[] {
  const { stdout, stderr } = runCli(['scan', '--format', 'json', ...args], { cwd: directory })
  expect(stderr).toBe('')
  const findings: { places: JsonPlace[] }[] = JSON.parse(stdout).findings
  return findings
    .flatMap(({ places }) => places.map(({ path, line, column }) => `${path}:${line}:${column}`))
    .sort()
}

test('a clean tree exits with 0 and says so', () => {
  const directory = makeRepository({ 'a.ts': 'export const a = 1\n' })
  const { code, stdout, stderr } = runCli(['scan'], { cwd: directory })
  expect({ code, stderr, said: stdout.replace(/\d+ ms/, 'N ms') }).toEqual({
    code: 0,
    stderr: '',
    said: 'No secrets found. 1 item, 19 B read in N ms.\n',
  })
})

test('a secret exits with 1, is shown masked, and tells where it stands', () => {
  const directory = makeRepository({ 'src/pay.ts': `\nconst key = '${token}'\n` })
  const { code, stdout, stderr } = runCli(['scan', '.'], { cwd: directory })
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  expect(stdout).toContain('src/pay.ts:2:14')
  expect(stdout).not.toContain(token.slice(6))
})

test('the working tree is what is tracked or not ignored, and every env file', () => {
  const directory = makeRepository({
    '.gitignore': 'ignored.txt\nbuild/\n.env\nnode_modules/\n',
    'tracked.txt': `k = ${token}\n`,
    'untracked.txt': `k = ${token}\n`,
    'ignored.txt': `k = ${token}\n`,
    'build/out.txt': `k = ${token}\n`,
    'build/.env.production': `K=${token}\n`,
    'node_modules/x/.env': `K=${token}\n`,
    '.env': `K=${token}\n`,
  })
  git(directory, 'add', 'tracked.txt')
  expect(placesIn(directory)).toEqual([
    '.env:1:3',
    'build/.env.production:1:3',
    'tracked.txt:1:5',
    'untracked.txt:1:5',
  ])
  expect(placesIn(directory, '--no-ignore')).toContain('ignored.txt:1:5')
})

test('the report tells which files git tracks', () => {
  const directory = makeRepository({ 'a.txt': token, 'b.txt': other })
  git(directory, 'add', 'a.txt')
  const { stdout } = runCli(['scan', '--format', 'json'], { cwd: directory })
  const findings: { places: JsonPlace[] }[] = JSON.parse(stdout).findings
  expect(
    Object.fromEntries(findings.flatMap(({ places }) => places.map(({ path, tracked }) => [path, tracked]))),
  ).toEqual({ 'a.txt': true, 'b.txt': false })
})

test('outside a repository all files are read but what tools make, which is counted', () => {
  const directory = makeDirectory({ 'a/b.txt': token, 'node_modules/x.txt': token })
  const { stdout } = runCli(['scan', '--format', 'json'], { cwd: directory })
  const { findings, coverage } = JSON.parse(stdout)
  expect(findings.map(({ places }: { places: JsonPlace[] }) => places.map(({ path }) => path))).toEqual([
    ['a/b.txt'],
  ])
  expect(coverage).toEqual({
    complete: true,
    items: 1,
    bytes: token.length,
    skipped: [
      { reason: 'excluded', count: 1, bytes: 0, examples: [expect.stringMatching(/node_modules\/$/)] },
    ],
  })
})

test('paths are shown as they were given', () => {
  const directory = makeRepository({ 'src/a.ts': token, 'docs/b.md': other })
  expect(placesIn(directory, 'src')).toEqual(['src/a.ts:1:1'])
  expect(placesIn(directory, './docs/b.md', 'src/')).toEqual(['./docs/b.md:1:1', 'src/a.ts:1:1'])
})

test('a submodule and a repository inside the repository are read too', () => {
  const directory = makeRepository({ 'a.txt': 'x' })
  const inner = makeRepository({ 'inner.txt': token })
  git(inner, 'add', '.')
  git(inner, 'commit', '-qm', 'inner')
  git(directory, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub')
  mkdirSync(join(directory, 'nested'))
  git(join(directory, 'nested'), 'init', '-q')
  writeFiles(directory, { 'nested/n.txt': other })
  expect(placesIn(directory)).toEqual(['nested/n.txt:1:1', 'sub/inner.txt:1:1'])
})

test('a link is read as the text it holds; nothing outside is followed unless it was named', () => {
  const outside = makeDirectory({ 'secret.txt': token })
  const directory = makeRepository({ 'a.txt': 'x' })
  symlinkSync(join(outside, 'secret.txt'), join(directory, 'link.txt'))
  symlinkSync(outside, join(directory, 'folder'))
  expect(placesIn(directory)).toEqual([])
  expect(placesIn(directory, 'link.txt')).toEqual(['link.txt:1:1'])
})

test('pipes are left alone and unreadable files are counted; --strict makes that trouble', () => {
  const directory = makeDirectory({ 'a.txt': token, 'big.txt': 'x'.repeat(3000) })
  spawnSync('mkfifo', [join(directory, 'pipe')])
  const args = ['scan', '--format', 'json', '--max-file-size', '2k', '--no-ignore']
  const { code, stdout } = runCli(args, { cwd: directory })
  expect(code).toBe(1)
  expect(JSON.parse(stdout).coverage).toMatchObject({
    complete: false,
    items: 1,
    skipped: [
      { reason: 'special-file', count: 1, examples: ['pipe'] },
      { reason: 'too-large', count: 1, bytes: 3000, examples: ['big.txt'] },
    ],
  })
  expect(runCli([...args, '--strict'], { cwd: directory }).code).toBe(2)
})

test('where a pipe or a folder has taken the place of a tracked file, it is left alone and told', () => {
  const directory = makeRepository({ 'pipe.txt': 'x', 'folder.txt': 'x', 'here.txt': token })
  git(directory, 'add', '.')
  for (const name of ['pipe.txt', 'folder.txt']) rmSync(join(directory, name))
  spawnSync('mkfifo', [join(directory, 'pipe.txt')])
  mkdirSync(join(directory, 'folder.txt'))
  const { stdout } = runCli(['scan', '--format', 'json'], { cwd: directory })
  expect(JSON.parse(stdout).coverage).toMatchObject({
    items: 1,
    skipped: [{ reason: 'special-file', count: 2, examples: ['folder.txt', 'pipe.txt'] }],
  })
})

test('a pipe in place of an env file is told in a folder that git ignores, too', () => {
  const directory = makeRepository({ '.gitignore': 'out/\n', 'out/a.txt': 'x', 'here.txt': token })
  spawnSync('mkfifo', [join(directory, 'out/.env')])
  const { stdout } = runCli(['scan', '--format', 'json'], { cwd: directory })
  expect(JSON.parse(stdout).coverage.skipped).toEqual([
    { reason: 'special-file', count: 1, bytes: 0, examples: ['out/.env'] },
  ])
})

test('a deleted tracked file is no trouble', () => {
  const directory = makeRepository({ 'gone.txt': 'x', 'here.txt': 'y' })
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'both')
  spawnSync('rm', [join(directory, 'gone.txt')])
  expect(runCli(['scan', '--strict'], { cwd: directory }).code).toBe(0)
})

test('names of files are shown whole: blanks, other scripts, bytes that are no UTF-8, control characters', () => {
  const directory = makeRepository({ 'a b.txt': token, 'ключ.txt': token, 'red\u001b[31m.txt': token })
  writeFileSync(
    Buffer.concat([Buffer.from(`${directory}/bad`), Buffer.from([0xff]), Buffer.from('.txt')]),
    token,
  )
  const { stdout } = runCli(['scan', '--format', 'json'], { cwd: directory })
  const [finding] = JSON.parse(stdout).findings
  expect(
    finding.places.map(({ path, pathBytes }: { path: string; pathBytes?: string }) => [path, pathBytes]),
  ).toEqual([
    ['a b.txt', undefined],
    ['bad\ufffd.txt', Buffer.from([0x62, 0x61, 0x64, 0xff, 0x2e, 0x74, 0x78, 0x74]).toString('base64')],
    ['red\u001b[31m.txt', undefined],
    ['ключ.txt', undefined],
  ])
  expect(runCli(['scan'], { cwd: directory }).stdout).not.toContain('\u001b')
})

test('a large file is read in parts, and lines and columns go on', () => {
  const line = `${'lorem ipsum dolor '.repeat(50)}\n`
  const lines = Math.ceil((20 * 1024 * 1024) / line.length)
  const directory = makeDirectory({
    'large.log': `${line.repeat(lines)}a ${token}\n${line}`,
    'oneline.txt': `${'ü x '.repeat(3_000_000)}${other} tail`,
  })
  expect(placesIn(directory)).toEqual([`large.log:${lines + 1}:3`, `oneline.txt:1:${3_000_000 * 4 + 1}`])
})

test('standard input is scanned under the name it is given', () => {
  const { code, stdout } = runCli(
    ['scan', '--stdin', '--stdin-filename', 'app/config.yml', '--format', 'json'],
    { input: `a: 1\nkey: ${token}\n` },
  )
  const { findings, source } = JSON.parse(stdout)
  expect({ code, source, place: findings[0].places[0] }).toEqual({
    code: 1,
    source: { kind: 'stdin', target: 'app/config.yml' },
    place: {
      kind: 'file',
      path: 'app/config.yml',
      tracked: false,
      line: 2,
      column: 6,
      endLine: 2,
      endColumn: 6 + token.length,
    },
  })
})

test('allow comments, --all and --no-allow-comments', () => {
  const directory = makeRepository({ 'a.ts': `const key = '${token}' // stanch:allow -- for the test\n` })
  const silent = runCli(['scan', '--format', 'json'], { cwd: directory })
  expect({ code: silent.code, ...pick(silent.stdout) }).toEqual({ code: 0, states: [], allowed: 1 })
  const all = runCli(['scan', '--format', 'json', '--all'], { cwd: directory })
  expect({ code: all.code, ...pick(all.stdout) }).toEqual({ code: 0, states: ['allowed'], allowed: 1 })
  const strict = runCli(['scan', '--format', 'json', '--no-allow-comments'], { cwd: directory })
  expect({ code: strict.code, ...pick(strict.stdout) }).toEqual({ code: 1, states: ['new'], allowed: 0 })
})

test('rules, severities, confidence and globs select', () => {
  const directory = makeRepository({ 'a.ts': token, 'test/b.ts': other })
  expect(placesIn(directory, '--skip', 'stripe-secret-key')).toEqual([])
  expect(placesIn(directory, '--only', 'stripe-secret-key')).toHaveLength(2)
  expect(placesIn(directory, '--exclude', 'test/**')).toEqual(['a.ts:1:1'])
  expect(placesIn(directory, '--include', '*.ts', '--exclude', 'a.ts')).toEqual(['test/b.ts:1:1'])
  expect(placesIn(directory, '--min-confidence', '1')).toEqual([])
})

test('several reports at once go to files, and values only on request', () => {
  const directory = makeRepository({ 'a.ts': token })
  const { code, stdout } = runCli(['scan', '-o', 'sarif:r.sarif', '-o', 'json:r.json', '--show-secrets'], {
    cwd: directory,
  })
  expect(code).toBe(1)
  expect(stdout).toContain(token)
  expect(JSON.parse(readFileSync(join(directory, 'r.sarif'), 'utf8')).version).toBe('2.1.0')
  expect(JSON.parse(readFileSync(join(directory, 'r.json'), 'utf8')).findings[0].secret).toBe(token)
})

test('--no-exit-code and --fail-on decide the exit code only', () => {
  const directory = makeRepository({ 'a.env': `PASSWORD=${['kV9mQ', '2pLz8w!'].join('')}\n` })
  expect(runCli(['scan'], { cwd: directory }).code).toBe(1)
  expect(runCli(['scan', '--no-exit-code'], { cwd: directory }).code).toBe(0)
  expect(runCli(['scan', '--fail-on', 'critical'], { cwd: directory }).code).toBe(0)
})

test('the same tree gives the same report', () => {
  const directory = makeRepository({
    'a.ts': token,
    'b.ts': `${token}\n${other}`,
    'c/d.env': `PASSWORD=${['kV9mQ', '2pLz8w!'].join('')}`,
  })
  const run = () =>
    runCli(['scan', '--format', 'json'], {
      cwd: directory,
      env: { STANCH_NOW: '2026-11-23T12:00:00Z' },
    }).stdout.replace(/"durationMs": \d+/, '')
  expect(run()).toBe(run())
})

test('a reader that stops early is no error', () => {
  const directory = makeRepository(
    Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`f${i}.ts`, `${'x'.repeat(i)} ${token}`])),
  )
  const script = `"$0" dist/cli.js scan --format json "$1" | head -c 10; echo " \${PIPESTATUS[0]}"`
  const { stdout } = spawnSync('bash', ['-c', script, process.execPath, directory], { encoding: 'utf8' })
  expect(stdout).toBe('{\n  "schem 1\n')
})

const mistakes: [title: string, args: string[], said: string][] = [
  [
    'an unknown option',
    ['scan', '--formt', 'json'],
    'stanch: unknown option \'--formt\'\n  Did you mean --format? Run "stanch scan --help".\n',
  ],
  [
    'an unknown command',
    ['scna'],
    'stanch: unknown command \'scna\'\n  Did you mean scan? Run "stanch --help".\n',
  ],
  [
    'an unknown format',
    ['scan', '--format', 'jason'],
    "stanch: option '--format <format>' argument 'jason' is invalid. Did you mean json?\n  Run \"stanch scan --help\".\n",
  ],
  [
    'a path that is not there',
    ['scan', 'nowhere'],
    'stanch: cannot read "nowhere": no such file or directory\n  Check the path; it counts from the current directory.\n',
  ],
  [
    'a rule that does not exist',
    ['scan', '--only', 'stripe-secret-kye'],
    'stanch: rule "stripe-secret-kye" does not exist\n  Did you mean stripe-secret-key?\n',
  ],
  [
    'a rule file that is not there',
    ['scan', '--rules', 'none.toml'],
    'stanch: cannot read rules from "none.toml": no such file or directory\n  Check the path.\n',
  ],
  [
    'no rules at all',
    ['scan', '--no-default-rules'],
    'stanch: no rules to scan with\n  Give --rules, or leave out --no-default-rules.\n',
  ],
  [
    'standard input and a path',
    ['scan', '--stdin', 'a'],
    'stanch: --stdin and a path exclude each other\n  Scan one of them at a time.\n',
  ],
  [
    'a directory that is not there',
    ['scan', '--cwd', 'nowhere'],
    'stanch: cannot enter "nowhere"\n  Check the directory given with --cwd.\n',
  ],
  [
    'a report in a folder that is not there',
    ['scan', '-o', 'no/where.json'],
    'stanch: cannot write the report "no/where.json"\n  Check that its folder exists and can be written.\n',
  ],
]

test.each(mistakes)('%s ends with 2 and says what to do', (_title, args, said) => {
  expect(runCli(args, { cwd: makeDirectory() })).toEqual({ code: 2, stdout: '', stderr: said })
})

test('a broken rule file is named with rule and field', () => {
  const directory = makeDirectory({ 'r.toml': '[[rules]]\nid = "x"\nregex = "a("\n' })
  const { code, stderr } = runCli(['scan', '--rules', 'r.toml'], { cwd: directory })
  expect(code).toBe(2)
  expect(stderr).toMatch(/^stanch: r\.toml: rule "x": .*\n {2}.*\n$/)
})

test("a user's rule finds what ours do not, and replaces one of ours with the same id", () => {
  const directory = makeDirectory({
    'r.toml':
      "[[rules]]\nid = 'shop-key'\ndescription = 'Shop key'\nregex = 'shop_[0-9a-f]{16}'\n[[rules]]\nid = 'stripe-secret-key'\nregex = 'never_ever_there'\n",
    'a.txt': `shop_${['0f3a9c', '7be1d24865'].join('')}\n${token}\n`,
  })
  expect(placesIn(directory, '--rules', 'r.toml', 'a.txt')).toEqual(['a.txt:1:1'])
})

/** An unreadable file needs a user that is not root. */
function pick(stdout: string) {
  const { findings, suppressions } = JSON.parse(stdout)
  return { states: findings.map(({ state }: { state: string }) => state), allowed: suppressions.allowed }
}

test('help and version come at once on standard output', () => {
  const help = runCli(['scan', '--help'])
  expect(help.code).toBe(0)
  expect(help.stdout).toContain('Examples:\n  stanch scan .')
  expect(runCli(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' })
  expect(runCli([]).stdout).toContain('Usage: stanch')
})

test('--explain tells what spoke for and against a value without a known form', () => {
  const password = ['q8Zt5', '!vQ1hXw7'].join('')
  const directory = makeRepository({ 'app.env': `DB_PASSWORD=${password}\n` })
  const plain = runCli(['scan'], { cwd: directory })
  expect(plain.stdout).not.toContain('for: ')
  const explained = runCli(['scan', '--explain'], { cwd: directory })
  expect(explained.stdout).toMatch(/\n {2}for: .*how little it reads like words \+\d/)
  expect(explained.stdout).not.toContain(password)
  const { stdout } = runCli(['scan', '--verbose', '--format', 'json'], { cwd: directory })
  expect(JSON.parse(stdout).findings[0].evidence).toContainEqual({
    feature: 'surprise',
    weight: expect.any(Number),
  })
})
