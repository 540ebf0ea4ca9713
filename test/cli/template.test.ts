import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const settings = '[vaults.team]\ntype = "file"\n[vaults.other]\ntype = "file"\ndirectory = "more"\n'
const template = `# the shop
PORT=8080
export DB_PASSWORD = "{team}"   # rotated in May
DATABASE_URL=postgres://{team:DB_USER}:{team:DB_PASSWORD}@db/shop

GREETING='it is {not one} and \\{team}'
KEY={other:keys/main.pem}
`
const entries = {
  'secrets/DB_PASSWORD': 'p@ss #1 "x"',
  'secrets/DB_USER': 'shop',
  'more/keys/main.pem': 'line 1\nline 2\n',
}

function makeProject(files: Record<string, string> = {}) {
  const directory = makeDirectory({
    '.stanch.toml': settings,
    'env/local.env': template,
    ...entries,
    ...files,
  })
  const stanch = (...args: string[]) => runCli(args, { cwd: directory, env: { CI: '' } })
  const environment = (...args: string[]) => {
    const command = ['-e', 'console.log(JSON.stringify(process.env))']
    const { stdout, stderr } = stanch('run', '--no-inherit', ...args, '--', process.execPath, ...command)
    return stdout === '' ? stderr : JSON.parse(stdout)
  }
  return { directory, stanch, environment }
}

const whole = {
  PORT: '8080',
  DB_PASSWORD: 'p@ss #1 "x"',
  DATABASE_URL: 'postgres://shop:p@ss #1 "x"@db/shop',
  GREETING: 'it is {not one} and {team}',
  KEY: 'line 1\nline 2\n',
}

test('run finds env/{stage}.env by itself: static values, references, several in one text', () => {
  expect(makeProject().environment()).toEqual(whole)
})

test('--only and --except choose among the variables of a template, and what is left out is not asked for', () => {
  const { environment } = makeProject({ 'env/local.env': `${template}GONE={team}\n` })
  expect(environment('--only', 'DB_*,PORT')).toEqual({ PORT: '8080', DB_PASSWORD: 'p@ss #1 "x"' })
  expect(Object.keys(environment('--except', 'GONE,D*'))).toEqual(['PORT', 'GREETING', 'KEY'])
})

test('render writes what run gives, keeps what is no reference, and warns', () => {
  const { directory, stanch, environment } = makeProject()
  const { code, stdout, stderr } = stanch('template', 'render', '--output', '.env')
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: '',
    stderr: 'stanch: plaintext secrets go to .env; "stanch run" needs no file\n',
  })
  expect(readFileSync(join(directory, '.env'), 'utf8')).toBe(`# the shop
PORT=8080
export DB_PASSWORD = 'p@ss #1 "x"'   # rotated in May
DATABASE_URL='postgres://shop:p@ss #1 "x"@db/shop'

GREETING='it is {not one} and {team}'
KEY='line 1
line 2
'
`)
  expect(statSync(join(directory, '.env')).mode & 0o777).toBe(0o600)
  expect(environment('--only', 'NONE', '--env-file', '.env')).toEqual(whole)
})

test('a template without references is rendered byte for byte', () => {
  const text = '\ufeff# a\r\nA = "x\\ny" # b\r\n\r\nB=\'1\'\r\nC=`${D}`'
  expect(makeProject({ 'env/local.env': text }).stanch('template', 'render').stdout).toBe(text)
})

const policies: [policy: string, environment: unknown, rendered: string][] = [
  [
    'fail',
    'stanch: env/local.env names entries that are not there: line 1 {team}, line 2 {team:HOST}\n' +
      '  Write them with "stanch vault set", or say --missing remove, blank or skip.\n',
    '',
  ],
  [
    'remove',
    { C: '1' },
    '# A is left out: there is no {team}\n# B is left out: there is no {team:HOST}\nC=1\n',
  ],
  ['blank', { A: '', B: '', C: '1' }, 'A=\nB= # at\nC=1\n'],
  [
    'skip',
    { A: '{team}', B: 'x:shop@{team:HOST}', C: '1' },
    "A='{team}'\nB='x:shop@{team:HOST}' # at\nC=1\n",
  ],
]

test.each(policies)(
  'a missing entry under --missing %s is the same for run and render',
  (policy, seen, rendered) => {
    const { stanch, environment } = makeProject({
      'env/local.env': 'A={team}\nB=x:{team:DB_USER}@{team:HOST} # at\nC=1\n',
    })
    expect(environment('--missing', policy, '--quiet')).toEqual(seen)
    expect(stanch('template', 'render', '--missing', policy).stdout).toBe(rendered)
  },
)

const wrong = `A={team}
B={nope:KEY}
C="never closed
just words
1D={team:DB_USER}
PATH={team:DB_USER}
E={team:DB USER}
F=\${team:DB_USER}
E='x' y
G={team:DB_USER}
`

test('validate names every bad or missing reference with its line', () => {
  const { stanch } = makeProject({ 'env/local.env': wrong })
  const { code, stdout, stderr } = stanch('template', 'validate')
  expect({ code, stderr, lines: stdout.trimEnd().split('\n') }).toEqual({
    code: 1,
    stderr: '',
    lines: [
      'env/local.env:1: A: {team} is missing: team has no entry "A"',
      'env/local.env:2: B: {nope:KEY} names no vault that is known; write \\{nope:KEY} if it is text, or add [vaults.nope]',
      'env/local.env:3: C: the quote is never closed',
      'env/local.env:4: is no assignment: write NAME=value, or # before a comment',
      'env/local.env:5: 1D is no name of a variable',
      'env/local.env:6: PATH is dangerous: "stanch run" wants --allow-dangerous PATH',
      'env/local.env:7: E: {team:DB USER} is no reference: a path has letters, digits and _ . - / # + =, and no / at its beginning',
      'env/local.env:7: E is assigned again in line 9, which counts',
      'env/local.env:8: F: ${team:DB_USER} is text, because of the dollar: write {team:DB_USER}',
      'env/local.env:9: E: text follows the closing quote',
    ],
  })
})

test('what validate finds wrong is refused by run and render', () => {
  const { stanch, environment } = makeProject({ 'env/local.env': wrong })
  const said =
    'stanch: env/local.env:2: B: {nope:KEY} names no vault that is known; write \\{nope:KEY} if it is text, or add [vaults.nope] (and 5 more)\n' +
    '  Run "stanch template validate env/local.env" to see all that is wrong.\n'
  expect([environment(), stanch('template', 'render').stderr]).toEqual([said, said])
})

test('a template that is right is called so', () => {
  const { code, stdout, stderr } = makeProject().stanch('template', 'validate')
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: '',
    stderr: 'env/local.env: 5 variables, 4 references, and every entry is there\n',
  })
})

test('add writes a line for each entry, and later only for new ones', () => {
  const { directory, stanch } = makeProject({ 'secrets/billing/api-key': 'k' })
  const add = () => stanch('template', 'add', '--vault', 'team', '--stage', 'staging').stderr
  const read = () => readFileSync(join(directory, 'env/staging.env'), 'utf8')
  expect(add()).toBe('env/staging.env: 3 lines written\n')
  const first = `# staging: "stanch run --stage staging -- COMMAND" fills this in
DB_PASSWORD={team}
DB_USER={team}
BILLING_API_KEY={team:billing/api-key}
`
  expect(read()).toBe(first)
  expect(add()).toBe('env/staging.env: 0 lines added\n')
  expect(read()).toBe(first)
  runCli(['vault', 'set', 'NEW', '--vault', 'team'], { cwd: directory, input: 'n' })
  expect(add()).toBe('env/staging.env: 1 lines added\n')
  expect(read()).toBe(`${first}NEW={team}\n`)
})

test('from makes references of secrets, and keeps what the program sees of the rest', () => {
  const token = ['ghp', '_16C7e42F292c6912E7710c838347Ae178B4a'].join('')
  const { directory, stanch } = makeProject({
    '.env.production': `# mail\nPORT=3000 # http\nGITHUB_TOKEN="${token}"\n# GITHUB_TOKEN=${token}\nJSON={"a":{team}}\nHASH=abc#def\nEMPTY=\n`,
  })
  const { code, stdout, stderr } = stanch('template', 'from', '.env.production', '--vault', 'team')
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: '',
    stderr: 'env/production.env: 1 references, 4 values as they are\n  The vault needs: GITHUB_TOKEN\n',
  })
  expect(readFileSync(join(directory, 'env/production.env'), 'utf8')).toBe(
    `# mail\nPORT=3000 # http\nGITHUB_TOKEN={team}\n# GITHUB_TOKEN=\nJSON='\\{"a":\\{team}}'\nHASH=abc\nEMPTY=\n`,
  )
  expect(stanch('template', 'from', '.env.production').stderr).toBe(
    'stanch: there is a template already: "env/production.env"\n  Move it away, or say --output FILE.\n',
  )
})
