import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

/** The entries of a store that needs nothing: variables that begin with T_. */
const store = ['--vault', 'env:T_']
const secret = ['wJalr', 'XUtn+FEMI/K7'].join('')

function run(args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {}) {
  return runCli(['run', ...store, ...args], { ...options, env: { CI: '', ...options.env } })
}

/** What the child's environment is, by its own word. */
const printEnvironment = [process.execPath, '-e', 'console.log(JSON.stringify(process.env))']

function environmentOf(args: string[], env: NodeJS.ProcessEnv, cwd?: string): Record<string, string> {
  const { stdout, stderr } = run([...args, '--', ...printEnvironment], { env, ...(cwd && { cwd }) })
  return JSON.parse(stdout || JSON.stringify({ stderr }))
}

test('the exit code is that of the command, as a shell gives it', () => {
  const directory = makeDirectory({
    plain: 'x',
    script: '#!/no/such/interpreter\n',
    folder: '',
    sh: 'exit 5\n',
  })
  chmodSync(join(directory, 'script'), 0o755)
  chmodSync(join(directory, 'sh'), 0o755)
  const rows: [command: string[], code: number][] = [
    [['true'], 0],
    [['sh', '-c', 'exit 7'], 7],
    [['sh', '-c', 'exit 255'], 255],
    [['sh', '-c', 'kill -TERM $$'], 143],
    [['sh', '-c', 'kill -KILL $$'], 137],
    [['sh', '-c', 'kill -ABRT $$'], 134],
    [['no-such-program'], 127],
    [['./no-such-program'], 127],
    [['./script'], 127],
    [['./plain'], 126],
    [['/'], 126],
    [['./sh'], 5],
    [[''], 127],
  ]
  expect(rows.map(([command]) => [command, run(['--', ...command], { cwd: directory }).code])).toEqual(rows)
})

test('arguments reach the command as they are, options of ours among them', () => {
  const { stdout } = run([
    '--quiet',
    '--',
    'printf',
    '%s|',
    '--help',
    '--',
    '--quiet',
    '',
    '$HOME',
    '--cwd',
    'x',
  ])
  expect(stdout).toBe('--help|--|--quiet||$HOME|--cwd|x|')
})

test('entries are variables of the child, and standard input is its own', () => {
  const { code, stdout, stderr } = run(['--', 'sh', '-c', 'cat; printf %s "$API_KEY"'], {
    env: { T_API_KEY: secret },
    input: 'typed\n',
  })
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `typed\n${secret}`, stderr: '' })
})

test('without inheritance there are the secrets and what --keep names, and nothing else', () => {
  const env = { T_API_KEY: secret, T_DB_PASSWORD: 'x', LEFT: 'l', KEPT: 'k' }
  expect(environmentOf(['--no-inherit', '--keep', 'KEPT,MISSING'], env)).toEqual({
    API_KEY: secret,
    DB_PASSWORD: 'x',
    KEPT: 'k',
  })
})

test('names are chosen by lists of patterns, and what fits nothing is told', () => {
  const env = { T_DB_HOST: 'h', T_DB_PASSWORD: 'x', T_API_KEY: 'k', T_API_TEST: 't', T_OTHER: 'o' }
  const names = (...args: string[]) => Object.keys(environmentOf(['--no-inherit', ...args], env)).sort()
  expect(names('--only', 'DB_*,API_*', '--except', '*_TEST')).toEqual(['API_KEY', 'DB_HOST', 'DB_PASSWORD'])
  expect(names('--except', 'DB_?O*', '--except', '[AO]*')).toEqual(['DB_PASSWORD'])
  const { stderr } = run(['--only', 'NOPE_*,DB_*', '--', 'true'], { env })
  expect(stderr).toBe('stanch: no name fits NOPE_*\n')
})

test('the vault wins over the environment and over --env-file, and says so', () => {
  const directory = makeDirectory({ 'a.env': 'A=file\nB="file"\nC=file # remark\n', 'b.env': 'C=later\n' })
  const { stdout, stderr } = run(
    ['--env-file', 'a.env', '--env-file', 'b.env', '--', 'sh', '-c', 'echo $A $B $C'],
    { cwd: directory, env: { T_A: 'vault', A: 'inherited', B: 'inherited' } },
  )
  expect({ stdout, stderr }).toEqual({
    stdout: 'vault file later\n',
    stderr: 'stanch: given by the vault, not as inherited: A, B\n',
  })
})

test("the store's own credentials stay here unless they are asked for", () => {
  const directory = makeDirectory({
    '.stanch.toml': '[vaults.team]\ntype = "file"\n',
    'secrets/KEY': 'k',
  })
  const env = { STANCH_STAGE: 'local', VAULT_TOKEN: 't', AWS_REGION: 'r' }
  const seen = (...args: string[]) =>
    runCli(
      ['run', '--vault', 'team', ...args, '--', 'sh', '-c', 'echo "$STANCH_STAGE|$VAULT_TOKEN|$AWS_REGION"'],
      {
        cwd: directory,
        env: { ...env, CI: '' },
      },
    ).stdout
  expect([seen(), seen('--pass-credentials'), seen('--keep', 'STANCH_STAGE')]).toEqual([
    '|t|r\n',
    'local|t|r\n',
    'local|t|r\n',
  ])
})

const refused: [title: string, env: NodeJS.ProcessEnv, said: string][] = [
  ['a name that is none', { 'T_A-B': '1', T_1A: '2' }, '"1A", "A-B" are no name of a variable\n'],
  ['names by which code runs', { T_LD_PRELOAD: 'x', T_PATH: 'y' }, '"LD_PRELOAD", "PATH" are dangerous: '],
]

test.each(refused)('%s is refused before the start', (_, env, said) => {
  const { code, stdout, stderr } = run(['--', 'echo', 'started'], { env })
  expect({ code, stdout, stderr: stderr.slice(0, said.length + 8) }).toEqual({
    code: 2,
    stdout: '',
    stderr: `stanch: ${said}`,
  })
})

test('a NUL byte in a value is refused before the start', () => {
  const directory = makeDirectory({ 'secrets/KEY': 'a\0b' })
  const { code, stderr } = runCli(['run', '--vault', 'file:secrets', '--', 'true'], { cwd: directory })
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      'stanch: "KEY" is a value with a NUL byte, which no environment can hold\n' +
      '  Leave it out with --except; bytes are better handed over in a file.\n',
  })
})

test('more than the system takes in all is refused before the start', () => {
  const files = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [`secrets/K${i}`, 'x'.repeat(120_000)]),
  )
  const directory = makeDirectory(files)
  const { code, stderr } = runCli(['run', '--vault', 'file:secrets', '--', 'true'], { cwd: directory })
  expect({ code, stderr: stderr.replace(/\d{7}/g, 'N') }).toEqual({
    code: 2,
    stderr:
      "stanch: the environment is too large: N bytes, and the system takes N with the command's arguments\n" +
      '  Hand over less: --only, --except, --no-inherit.\n',
  })
})

test('a dangerous name is handed over where that was allowed', () => {
  expect(
    environmentOf(['--no-inherit', '--allow-dangerous', 'NODE_OPTIONS'], { T_NODE_OPTIONS: '--no-warnings' }),
  ).toEqual({ NODE_OPTIONS: '--no-warnings' })
})

test('the largest value that the system takes arrives whole, and one byte more is refused before the start', () => {
  const runWith = (size: number) =>
    runCli(['run', '--vault', 'file:secrets', '--', process.execPath, '-p', 'process.env.BIG.length'], {
      cwd: makeDirectory({ 'secrets/BIG': 'x'.repeat(size) }),
    })
  expect([runWith(131_067), runWith(131_068)]).toEqual([
    { code: 0, stdout: '131067\n', stderr: '' },
    {
      code: 2,
      stdout: '',
      stderr:
        'stanch: "BIG" is too large: the system takes 131071 bytes for a name with its value\n' +
        '  Leave it out with --except, and hand it over in a file.\n',
    },
  ])
})

test('a store without entries is told of', () => {
  expect(run(['--', 'true'])).toEqual({
    code: 0,
    stdout: '',
    stderr: 'stanch: there are no entries in env (stage local)\n',
  })
})

test('a command without the two dashes, or none at all, is refused with the way to write it', () => {
  expect([run(['npm', 'start']), run([])]).toEqual([
    {
      code: 2,
      stdout: '',
      stderr: 'stanch: "npm" stands before the two dashes\n  Write: stanch run -- npm …\n',
    },
    {
      code: 2,
      stdout: '',
      stderr: 'stanch: no command is given\n  Put it behind two dashes: stanch run -- npm start\n',
    },
  ])
})

const print = `printf '%s\\n' "$API_KEY"; printf %s "$API_KEY" | base64 >&2; echo "$SHORT"`

test('with --mask, or where CI is set, output holds no secret in any of its forms', () => {
  const env = { T_API_KEY: secret, T_SHORT: 'abc' }
  const masked = { code: 0, stdout: '***\nabc\n', stderr: 'stanch: too short to be masked: SHORT\n***\n' }
  const plain = { code: 0, stdout: `${secret}\nabc\n`, stderr: `${Buffer.from(secret).toString('base64')}\n` }
  const seen = (args: string[], CI: string) =>
    run([...args, '--', 'sh', '-c', print], { env: { ...env, CI } })
  expect([
    seen(['--mask'], ''),
    seen([], 'true'),
    seen(['--no-mask'], 'true'),
    seen([], ''),
    seen([], 'false'),
  ]).toEqual([masked, masked, plain, plain, plain])
})

test('nothing of a secret is in the arguments of any process, nor in a file', () => {
  const directory = makeDirectory()
  const script = `tr '\\0' ' ' < /proc/$PPID/cmdline; tr '\\0' ' ' < /proc/$$/cmdline; ls -A`
  const { stdout } = run(['--', 'sh', '-c', script], { cwd: directory, env: { T_API_KEY: secret } })
  expect(stdout).toContain('-- sh -c ')
  expect(stdout).not.toContain(secret)
  expect(stdout.trimEnd().endsWith(`ls -A`)).toBe(true)
})
