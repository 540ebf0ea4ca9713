import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'

const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
const other = ['sk_l', 'ive_', 'uAf6eQ8zT5vQ', '1hXw7PbJ3mN9'].join('')
const password = ['kV9mQ', '2pLz8w!'].join('')

interface JsonFinding {
  fingerprint: string
  state: string
  places: { path: string }[]
}

function scan(cwd: string, ...args: string[]) {
  const { code, stdout, stderr } = runCli(['scan', '--format', 'json', ...args], {
    cwd,
    env: { STANCH_NOW: '2026-11-26T12:00:00Z' },
  })
  expect(stderr).toBe('')
  const report: { findings: JsonFinding[]; suppressions: object } = JSON.parse(stdout)
  return {
    code,
    places: report.findings.flatMap(({ places }) => places.map(({ path }) => path)).sort(),
    fingerprints: report.findings.map(({ fingerprint }) => fingerprint),
    suppressions: report.suppressions,
  }
}

test('.stanchignore suppresses by fingerprint, rule and path; what is unused or expired is told', () => {
  const directory = makeRepository({ 'a.ts': token, 'test/b.ts': other, 'c.env': `PASSWORD=${password}\n` })
  const [fingerprint] = scan(directory, 'a.ts').fingerprints
  writeFiles(directory, {
    '.stanchignore': [
      '# what we know about',
      `${fingerprint} # revoked in May`,
      'rule:stripe-secret-key path:test/**',
      'path:c.env until:2026-11-25',
      'rule:npm-token',
    ].join('\n'),
  })
  expect(scan(directory)).toMatchObject({
    code: 1,
    places: ['c.env'],
    suppressions: {
      allowed: 2,
      baseline: 0,
      unused: ['.stanchignore:5: rule:npm-token'],
      expired: ['.stanchignore:4: path:c.env until:2026-11-25'],
    },
  })
  expect(scan(directory, '--no-ignore-file').places).toEqual(['a.ts', 'c.env', 'test/b.ts'])
})

test('only a scan of everything tells what is unused', () => {
  const directory = makeRepository({ 'a.ts': 'x', 'b/c.ts': 'y', '.stanchignore': 'rule:npm-token\n' })
  const unused = (...args: string[]) => scan(directory, ...args).suppressions
  expect(unused('a.ts')).toMatchObject({ unused: [] })
  expect(unused('--exclude', 'b')).toMatchObject({ unused: [] })
  expect(unused('.')).toMatchObject({ unused: ['.stanchignore:1: rule:npm-token'] })
})

test('.gitleaksignore counts by place, whatever the rule is called there', () => {
  const directory = makeRepository({
    'src/a.ts': `\n${token}`,
    'src/b.ts': `\n${other}`,
    '.gitleaksignore': 'src/a.ts:stripe-access-token:2\n',
  })
  expect(scan(directory).places).toEqual(['src/b.ts'])
})

test('names and suppressions do not depend on where the scan was started', () => {
  const directory = makeRepository({ 'app/c.env': `PASSWORD=${password}\n`, 'app/x/y.txt': 'z' })
  const elsewhere = makeDirectory()
  const names = [
    scan(directory),
    scan(directory, 'app'),
    scan(directory, './app/../app/c.env'),
    scan(join(directory, 'app')),
    scan(join(directory, 'app/x'), '..'),
    scan(elsewhere, directory),
  ].map(({ fingerprints }) => fingerprints)
  expect(new Set(names.flat()).size).toBe(1)
  expect(names.every(list => list.length === 1)).toBe(true)
  writeFiles(directory, { '.stanchignore': 'path:/app/c.env' })
  expect(scan(join(directory, 'app/x'), '..').places).toEqual([])
})

test('a scanned tree that is not the current project cannot silence its findings', () => {
  const directory = makeRepository({ 'a.ts': token, '.stanchignore': 'path:**' })
  const elsewhere = makeDirectory()
  expect(runCli(['scan', directory], { cwd: elsewhere }).code).toBe(1)
  mkdirSync(join(elsewhere, 'inner'))
  git(directory, 'worktree', 'list')
  expect(runCli(['scan', '--cwd', directory], { cwd: elsewhere }).code).toBe(0)
})

test('a line that is not understood ends with 2', () => {
  const directory = makeRepository({ '.stanchignore': 'a.ts\n' })
  expect(runCli(['scan'], { cwd: directory })).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'stanch: .stanchignore:1: "a.ts" is not understood\n  A line is a fingerprint (st1:…), rule:ID, path:GLOB, then until:YYYY-MM-DD and # reason where wanted.\n',
  })
})

test('a baseline that is not there is trouble when it was named', () => {
  const directory = makeRepository({ 'a.ts': token })
  const { code, stderr } = runCli(['scan', '--baseline', 'none.jsonl'], { cwd: directory })
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      'stanch: cannot read the baseline "none.jsonl": no such file\n  Make it with "stanch baseline create", or correct the path.\n',
  })
})
