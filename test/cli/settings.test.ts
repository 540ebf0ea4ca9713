import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'

const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
const password = ['kV9mQ', '2pLz8w!'].join('')

function pathsIn(cwd: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): string[] {
  const { stdout, stderr } = runCli(['scan', '--format', 'json', ...args], { cwd, env })
  expect(stderr).toBe('')
  const { findings } = JSON.parse(stdout)
  return findings
    .flatMap(({ places }: { places: { path: string }[] }) => places.map(({ path }) => path))
    .sort()
}

function project(): string {
  return makeRepository({
    'a.ts': token,
    'vendor/v.ts': token,
    'test/t.env': `PASSWORD=${password}\n`,
    'app/x.ts': token,
    'app/vendor/y.ts': token,
  })
}

test('settings give defaults, options on the command line win', () => {
  const directory = project()
  writeFiles(directory, { '.stanch.toml': '[scan]\nexclude = ["/vendor"]\nminSeverity = "critical"\n' })
  expect(pathsIn(directory)).toEqual(['a.ts', 'app/vendor/y.ts', 'app/x.ts'])
  expect(pathsIn(directory, ['--min-severity', 'low'])).toContain('test/t.env')
  expect(pathsIn(directory, ['--exclude', 'app'])).toEqual(['a.ts'])
})

test('settings hold in folders below, and their globs count from where they stand', () => {
  const directory = project()
  writeFiles(directory, { 'app/.stanch.toml': '[scan]\nexclude = ["/vendor"]\n' })
  expect(pathsIn(directory)).toContain('app/vendor/y.ts')
  expect(pathsIn(join(directory, 'app'))).toEqual(['x.ts'])
  expect(pathsIn(join(directory, 'app/vendor'), ['.'])).toEqual([])
  expect(pathsIn(join(directory, 'app'), ['..'])).toEqual([
    '../a.ts',
    '../app/x.ts',
    '../test/t.env',
    '../vendor/v.ts',
  ])
})

test('an allow-list needs a reason, ends with its day, and is told when it covers nothing', () => {
  const directory = project()
  writeFiles(directory, {
    '.stanch.toml': `
[[allow]]
paths = ["test/**"]
reason = "made up"
until = 2026-11-30
[[allow]]
rules = ["npm-token"]
reason = "old"
`,
  })
  const run = (now: string) => {
    const { stdout } = runCli(['scan', '--format', 'json'], { cwd: directory, env: { STANCH_NOW: now } })
    return JSON.parse(stdout).suppressions
  }
  expect(run('2026-11-30T23:00:00Z')).toEqual({
    allowed: 1,
    baseline: 0,
    unused: ['.stanch.toml: allow number 2 (old)'],
    expired: [],
  })
  expect(run('2026-12-01T00:00:00Z')).toMatchObject({
    allowed: 0,
    expired: ['.stanch.toml: allow number 1 (made up)'],
  })
})

test('--config and STANCH_CONFIG name a file; its paths count from its folder', () => {
  const directory = project()
  const rules = "[[rules]]\nid = 'shop-key'\nregex = 'vendored_[0-9]{8}'\n"
  writeFiles(directory, {
    'security/s.toml': '[scan]\ndefaultRules = false\nrules = ["r.toml"]\n',
    'security/r.toml': rules,
    'k.txt': ['vendored_', '20481', '637'].join(''),
  })
  expect(pathsIn(directory, ['--config', 'security/s.toml'])).toEqual(['k.txt'])
  expect(pathsIn(directory, [], { STANCH_CONFIG: join(directory, 'security/s.toml') })).toEqual(['k.txt'])
  expect(runCli(['scan', '--config', 'none.toml'], { cwd: directory })).toMatchObject({
    code: 2,
    stderr:
      'stanch: cannot read the settings "none.toml": no such file\n  Check --config and STANCH_CONFIG.\n',
  })
})

test('strict and failOn of the settings decide the exit code', () => {
  const directory = makeRepository({ 'a.env': `PASSWORD=${password}\n` })
  writeFiles(directory, { '.stanch.toml': '[scan]\nfailOn = "critical"\n' })
  expect(runCli(['scan'], { cwd: directory }).code).toBe(0)
  expect(runCli(['scan', '--fail-on', 'low'], { cwd: directory }).code).toBe(1)
})

test('a scanned tree that is not the current project brings no settings, and that is told', () => {
  const directory = project()
  writeFiles(directory, { '.stanch.toml': '[scan]\nexclude = ["**"]\n' })
  const { code, stderr } = runCli(['scan', directory], { cwd: makeDirectory() })
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `stanch: not honoured, because ${directory} is not the current project: .stanch.toml\n  Run with --cwd to scan it as a project of yours.\n`,
  })
})

test('a mistake names the file, the field and the nearest name', () => {
  const directory = project()
  writeFiles(directory, { '.stanch.toml': '[scan]\nexclde = []\n' })
  expect(runCli(['scan'], { cwd: directory })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'stanch: .stanch.toml: field "scan.exclde": unknown field\n  Did you mean "exclude"?\n',
  })
})
