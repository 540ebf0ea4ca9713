import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { git, makeRepository, writeFiles } from '../support/temporary-directory.ts'

const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
const other = ['sk_l', 'ive_', 'uAf6eQ8zT5vQ', '1hXw7PbJ3mN9'].join('')
const password = ['kV9mQ', '2pLz8w!'].join('')
const env = { STANCH_NOW: '2026-11-26T12:00:00Z' }

function baseline(cwd: string, ...args: string[]) {
  return runCli(['baseline', ...args], { cwd, env })
}

function states(cwd: string, ...args: string[]): { code: number | null; states: string[] } {
  const { code, stdout } = runCli(['scan', '--format', 'json', '--all', ...args], { cwd })
  const { findings } = JSON.parse(stdout)
  return { code, states: findings.map(({ state }: { state: string }) => state).sort() }
}

function readLines(cwd: string): Record<string, string>[] {
  return readFileSync(join(cwd, '.stanch-baseline.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
}

test('create accepts what is there; what comes is news; update accepts it; prune forgets what is gone', () => {
  const directory = makeRepository({ 'a.ts': token, 'c.env': `PASSWORD=${password}\n` })
  expect(baseline(directory, 'create')).toEqual({
    code: 0,
    stdout: '.stanch-baseline.jsonl: 2 accepted, 2 of them new.\n',
    stderr: '',
  })
  expect(states(directory)).toEqual({ code: 0, states: ['baseline', 'baseline'] })
  expect(states(directory, '--no-baseline')).toEqual({ code: 1, states: ['new', 'new'] })
  writeFiles(directory, { 'b.ts': other })
  expect(states(directory)).toEqual({ code: 1, states: ['baseline', 'baseline', 'new'] })
  expect(baseline(directory, 'update').stdout).toBe('.stanch-baseline.jsonl: 3 accepted, 1 of them new.\n')
  expect(states(directory).code).toBe(0)
  unlinkSync(join(directory, 'b.ts'))
  expect(baseline(directory, 'prune').stdout).toBe('.stanch-baseline.jsonl: 2 accepted, 1 taken out.\n')
  expect(baseline(directory, 'prune').stdout).toBe('.stanch-baseline.jsonl: 2 accepted, 0 taken out.\n')
})

test('a baseline holds no value, no line, no order of discovery', () => {
  const directory = makeRepository({ 'a.ts': token, 'c.env': `PASSWORD=${password}\n` })
  baseline(directory, 'create')
  const text = readFileSync(join(directory, '.stanch-baseline.jsonl'), 'utf8')
  const hashes = ['md5', 'sha1', 'sha256', 'sha512'].flatMap(name =>
    (['hex', 'base64'] as const).map(form => createHash(name).update(password).digest(form)),
  )
  for (const bad of [token.slice(8), password, ...hashes]) expect(text).not.toContain(bad)
  const lines = readLines(directory)
  expect(lines.map(line => Object.keys(line).join(' '))).toEqual(
    Array(2).fill('fingerprint rule path source added'),
  )
  const names = lines.map(({ fingerprint }) => fingerprint ?? '')
  expect(names).toEqual([...names].sort())
})

test('a strong secret that moves, is renamed, reformatted and written in UTF-16 stays accepted', () => {
  const directory = makeRepository({ 'a.ts': `const key = '${token}'\n` })
  baseline(directory, 'create')
  unlinkSync(join(directory, 'a.ts'))
  writeFiles(directory, {
    'deep/b.py': `\n\n\n   KEY  =  "${token}"\n`,
    'c.txt': Buffer.from(`\ufeffkey: ${token}\n`, 'utf16le'),
  })
  expect(states(directory)).toEqual({ code: 0, states: ['baseline'] })
})

test('a password that changes at its place is news', () => {
  const directory = makeRepository({ 'c.env': `PASSWORD=${password}\n` })
  baseline(directory, 'create')
  writeFiles(directory, { 'c.env': `\n# moved\nPASSWORD="${password}"\n` })
  expect(states(directory).code).toBe(0)
  writeFiles(directory, { 'c.env': `PASSWORD=${password}x1\n` })
  expect(states(directory).code).toBe(1)
})

test('two branches that accept different things merge without losing one', () => {
  const directory = makeRepository({
    'c.env': `PASSWORD=${password}\n`,
    '.gitattributes': '.stanch-baseline.jsonl merge=union\n',
  })
  baseline(directory, 'create')
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'base')
  for (const [branch, file, value] of [
    ['one', 'a.ts', token],
    ['two', 'b.ts', other],
  ] as const) {
    git(directory, 'checkout', '-q', '-b', branch, 'main')
    writeFiles(directory, { [file]: value })
    baseline(directory, 'update')
    git(directory, 'add', '.')
    git(directory, 'commit', '-qm', branch)
  }
  git(directory, 'merge', '-q', '-m', 'both', 'one')
  expect(states(directory)).toEqual({ code: 0, states: ['baseline', 'baseline', 'baseline'] })
})

test('it is written at the root and names paths from there, wherever it was started', () => {
  const directory = makeRepository({ 'app/a.ts': token })
  mkdirSync(join(directory, 'app/deep'))
  expect(baseline(join(directory, 'app'), 'create').stdout).toBe(
    '../.stanch-baseline.jsonl: 1 accepted, 1 of them new.\n',
  )
  expect(readLines(directory)[0]).toMatchObject({ path: 'app/a.ts', source: 'worktree', added: '2026-11-26' })
  expect(states(join(directory, 'app/deep'), '..')).toEqual({ code: 0, states: ['baseline'] })
})

test("gitleaks' report is taken over by value and by place", () => {
  const directory = makeRepository({ 'a.ts': token, 'b.ts': other, 'c.env': `X=1\nPASSWORD=${password}\n` })
  writeFiles(directory, {
    'r.json': JSON.stringify([
      { RuleID: 'x', File: 'moved.ts', StartLine: 99, Commit: '', Secret: token },
      { RuleID: 'x', File: 'c.env', StartLine: 2, Commit: '', Secret: 'REDACTED' },
      { RuleID: 'x', File: 'gone.ts', StartLine: 1, Commit: '', Secret: 'REDACTED' },
    ]),
  })
  expect(baseline(directory, 'import', 'r.json').stdout).toBe(
    '.stanch-baseline.jsonl: 2 accepted, 2 of them new.\n1 of 3 imported entries match nothing that this scan finds.\n',
  )
  expect(
    readLines(directory)
      .map(({ path }) => path)
      .sort(),
  ).toEqual(['a.ts', 'c.env'])
})

test("detect-secrets' baseline is taken over with its verdicts, and its weak hashes are not", () => {
  const directory = makeRepository({ 'a.ts': token, 'c.env': `PASSWORD=${password}\n` })
  const hash = (value: string) => createHash('sha1').update(value).digest('hex')
  writeFiles(directory, {
    '.secrets.baseline': JSON.stringify({
      version: '1.5.0',
      results: {
        'a.ts': [
          { type: 'Stripe', filename: 'a.ts', hashed_secret: hash(token), line_number: 1, is_secret: true },
        ],
        'c.env': [
          {
            type: 'Keyword',
            filename: 'c.env',
            hashed_secret: hash(password),
            line_number: 7,
            is_secret: false,
          },
        ],
      },
    }),
  })
  baseline(directory, 'create', '--from', '.secrets.baseline')
  expect(
    readLines(directory)
      .map(({ path, verdict }) => [path, verdict])
      .sort(),
  ).toEqual([
    ['a.ts', 'real'],
    ['c.env', 'false'],
  ])
  expect(readFileSync(join(directory, '.stanch-baseline.jsonl'), 'utf8')).not.toContain(hash(password))
  unlinkSync(join(directory, '.secrets.baseline'))
  // A real leak is reported until it is gone.
  expect(states(directory)).toEqual({ code: 1, states: ['baseline', 'new'] })
})

const mistakes: [title: string, args: string[], said: string][] = [
  ['create where there is one', ['create'], 'stanch: there is a baseline already: .stanch-baseline.jsonl\n'],
  ['a report that is not there', ['update', '--from', 'none.json'], 'stanch: cannot read "none.json"\n'],
  [
    'a report that is something else',
    ['update', '--from', 'x.json'],
    'stanch: "x.json" is no baseline that is known\n',
  ],
  [
    'prune without a baseline',
    ['prune', '--baseline', 'none.jsonl'],
    'stanch: there is no baseline "none.jsonl"\n',
  ],
]

test.each(mistakes)('%s ends with 2 and leaves the baseline as it is', (_title, args, said) => {
  const directory = makeRepository({ '.stanch-baseline.jsonl': '', 'x.json': '{}' })
  const { code, stdout, stderr } = baseline(directory, ...args)
  expect({ code, stdout, said: stderr.slice(0, said.length) }).toEqual({ code: 2, stdout: '', said })
  expect(readLines(directory)).toEqual([])
})
