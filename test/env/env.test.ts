import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeTar } from '../support/make-archives.ts'
import { type CliResult, cliPath, runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const stripe = makeToken(1)
const generated = ['q8Zt5vQ1', 'hXw7PbJ3'].join('')
const other = ['Pb3J7wXh', '1Qv5tZ8q'].join('')
let root = ''

function makeShop(): void {
  root = makeRepository({
    '.env': `PORT=3000\nSTRIPE_SECRET_KEY=${stripe}\nDB_PASSWORD="${generated}"\n`,
    '.env.bak': `MAIL_TOKEN=${other}\n`,
    '.env.example': `PORT=\nDB_PASSWORD=${generated}\n`,
    Dockerfile: 'FROM scratch\nCOPY . .\n',
    'src/main.ts': "import 'dotenv/config'\nprocess.env.STRIPE_SECRET_KEY\nconfig.dbPassword\n",
  })
  git(root, 'add', '.env', '.env.example', 'Dockerfile', 'src')
  git(root, 'commit', '-qm', 'a')
  chmodSync(join(root, '.env'), 0o600)
  chmodSync(join(root, '.env.bak'), 0o600)
}

test('problems are reported as JSON, with the class and the uses of each key', () => {
  makeShop()
  const { code, stdout, stderr } = env('--format', 'json')
  const { schema, files, problems } = JSON.parse(stdout)
  expect([code, stderr, schema]).toEqual([1, '', 'stanch.env/1'])
  expect(files[0]).toEqual({
    path: '.env',
    stage: 'local',
    kind: 'plain',
    tracked: true,
    ignored: false,
    keys: [
      { name: 'PORT', line: 1, class: 'config', reason: 'a number, switch, path or address', uses: [] },
      {
        name: 'STRIPE_SECRET_KEY',
        line: 2,
        class: 'secret',
        reason: 'rule stripe-secret-key',
        uses: [{ path: 'src/main.ts', line: 2, confidence: 'sure' }],
      },
      {
        name: 'DB_PASSWORD',
        line: 3,
        class: 'secret',
        reason: 'rule generic-password',
        uses: [{ path: 'src/main.ts', line: 3, confidence: 'possible' }],
      },
    ],
  })
  expect(problems.map(describe)).toEqual([
    'critical tracked .env:2 STRIPE_SECRET_KEY',
    'high docker-context .env:2 STRIPE_SECRET_KEY',
    'high backup-copy .env.bak:1 MAIL_TOKEN',
    'high not-ignored .env.bak:1 MAIL_TOKEN',
    'high real-in-example .env.example:2 DB_PASSWORD',
    'low missing-example .env:2 STRIPE_SECRET_KEY',
  ])
})

test('a person sees a block a file', () => {
  makeShop()
  expect(env('--only', 'tracked,backup-copy').stdout).toBe(`.env  local, tracked, 3 keys, 2 secret
  critical  line 2: git tracks it, with secrets in clear: STRIPE_SECRET_KEY  tracked
            Untrack it (git rm --cached), ignore it, and replace the secrets: every clone has them. \`stanch incident start\` leads through it.

.env.bak  local, not ignored, 1 key, 1 secret
  high      line 1: a copy with secrets in clear: MAIL_TOKEN  backup-copy
            Delete it, if nobody needs it; else keep it in a vault. Replace secrets of which you do not know who read it.

2 problems (1 critical, 1 high). 3 env files read.
`)
})

test('what is in doubt is counted, and told, mended and judged only where all is asked for', () => {
  root = makeRepository({
    'e2e/.env': `MAIL_TOKEN=${generated}\nA=1\n`,
    'src/main.ts': "import 'dotenv/config'\n",
    '.gitignore': '.env.x\n',
  })
  git(root, 'add', '.')
  writeFileSync(join(root, '.env'), 'A=1\nA=1\n')
  const only = ['--only', 'duplicate-key']
  expect([env(...only).code, env(...only).stdout]).toEqual([
    0,
    'Nothing to mend. 2 env files read.\n1 more in doubt: --all shows it.\n',
  ])
  const all = env(...only, '--all')
  expect(all.code).toBe(1)
  expect(all.stdout).toContain('In doubt: it changes nothing.')
  const { problems } = JSON.parse(env(...only, '--format', 'json').stdout)
  expect(problems).toMatchObject([{ confidence: 'doubtful', doubt: 'it changes nothing' }])
  expect(JSON.parse(env(...only, '--format', 'sarif').stdout).runs[0].results).toEqual([])
  expect(JSON.parse(env(...only, '--format', 'sarif', '--all').stdout).runs[0].results).toHaveLength(1)
})

test('nothing is changed before somebody has agreed', () => {
  makeShop()
  const before = snapshot()
  const { code, stderr } = env('--fix', '--only', 'tracked')
  expect([code, stderr]).toEqual([
    2,
    'stanch: to be done:\n  add the line /.env to .gitignore\n  git rm --cached .env   (the file stays)\nstanch: nothing was changed, because nobody could be asked\n  Add --yes to do it.\n',
  ])
  expect(snapshot()).toEqual(before)
})

test('what can be mended safely is mended once, and the rest remains', () => {
  makeShop()
  const { code, stdout, stderr } = env('--fix', '--yes', '--format', 'json')
  expect(stderr).toBe(`stanch: to be done:
  add the line .env to .dockerignore
  add the line .env.bak to .dockerignore
  add the line /.env to .gitignore
  add the line /.env.bak to .gitignore
  git rm --cached .env   (the file stays)
  blank DB_PASSWORD in .env.example:2
  name STRIPE_SECRET_KEY in .env.example, without values
`)
  expect([code, JSON.parse(stdout).problems.map(describe)]).toEqual([
    1,
    [
      'critical in-history .env STRIPE_SECRET_KEY',
      'high prod-on-dev .env:2 STRIPE_SECRET_KEY',
      'high backup-copy .env.bak:1 MAIL_TOKEN',
      // Git's index has it until somebody adds the file again.
      'high real-in-example .env.example DB_PASSWORD',
    ],
  ])
  expect(readFileSync(join(root, '.env.example'), 'utf8')).toBe('PORT=\nDB_PASSWORD=\nSTRIPE_SECRET_KEY=\n')
  const mended = snapshot()
  expect(env('--fix', '--yes').stderr).toBe('stanch: there is nothing that can be mended safely\n')
  expect(snapshot()).toEqual(mended)
})

test('killed while it mends, it leaves every file whole, and the next run does the rest', () => {
  makeShop()
  env('--fix', '--yes')
  const mended = snapshot()
  for (const timeout of [150, 200, 250, 300, 350]) {
    makeShop()
    const before = snapshot()
    const args = [cliPath, 'env', '--machine', 'developer', '--fix', '--yes']
    spawnSync(process.execPath, args, { cwd: root, timeout, killSignal: 'SIGKILL', env: variables() })
    const halfway = ['.gitignore\n/.env\n', '.dockerignore\n.env\n', '.env.example\nPORT=\nDB_PASSWORD=\n']
    const known = new Set([...before, ...mended, ...halfway])
    const isDraft = /^.+\.\d+\.tmp\n/
    expect(snapshot().filter(text => !known.has(text) && !isDraft.test(text))).toEqual([])
    env('--fix', '--yes')
    expect(snapshot()).toEqual(mended)
  }
}, 30_000)

test('permissions are taken from others', () => {
  makeShop()
  chmodSync(root, 0o755)
  chmodSync(join(root, '.env.bak'), 0o644)
  env('--fix', '--yes', '--only', 'world-readable')
  expect(statSync(join(root, '.env.bak')).mode & 0o777).toBe(0o600)
})

test('SARIF places each problem for a code host', () => {
  makeShop()
  const { runs } = JSON.parse(env('--format', 'sarif', '--only', 'tracked').stdout)
  expect(runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['env/tracked'])
  expect(runs[0].results[0].locations).toEqual([
    { physicalLocation: { artifactLocation: { uri: '.env' }, region: { startLine: 2 } } },
  ])
})

test('with --home, what shells and editors keep is reported, and only then', () => {
  makeShop()
  const home = makeDirectory({
    '.bash_history': `ls\nexport DB_PASSWORD=${generated}\n`,
    '.config/Code/User/History/1/entries.json': '{"resource":"file:///work/shop/.env"}',
    '.cursor/x': '',
    '.claude/projects/a/1.jsonl': `{"text":"KEY=${stripe}"}`,
  })
  const only = ['--only', 'shell-history,editor-history,ai-agent', '--format', 'json']
  expect(env(...only).code).toBe(0)
  const { stdout } = env(...only, '--home', { HOME: home })
  expect(JSON.parse(stdout).problems.map((problem: Shown) => describe(problem).replace(home, '~'))).toEqual([
    'high ai-agent .claude/settings.json ',
    'high ai-agent .cursorignore ',
    'high ai-agent ~/.claude/projects/a/1.jsonl:1 STRIPE_SECRET_KEY',
    'medium shell-history ~/.bash_history:2 DB_PASSWORD',
    'medium editor-history ~/.config/Code/User/History/1/entries.json ',
  ])
})

test('with --image, values are looked for in the layers and the configuration of an image', async () => {
  makeShop()
  const layer = await makeTar({ '.env': `KEY=${stripe}\n` })
  const diffId = `sha256:${createHash('sha256').update(layer).digest('hex')}`
  const config = {
    config: { Env: [`A=${generated}`, `DB_PASSWORD=${generated}`] },
    rootfs: { diff_ids: [diffId] },
  }
  const archive = await makeTar({
    'manifest.json': JSON.stringify([{ Config: 'c.json', RepoTags: ['shop:1'], Layers: ['layer.tar'] }]),
    'c.json': JSON.stringify({ architecture: 'amd64', os: 'linux', ...config }),
    'layer.tar': layer,
  })
  writeFileSync(join(root, 'shop.tar'), archive)
  const { stdout, stderr } = env(
    '--only',
    'image-layer',
    '--image',
    'docker-archive:shop.tar',
    '--format',
    'json',
  )
  expect([stderr, JSON.parse(stdout).problems.map(describe)]).toEqual([
    '',
    [
      'critical image-layer docker-archive:shop.tar: .env:1 STRIPE_SECRET_KEY',
      'critical image-layer docker-archive:shop.tar: Env.DB_PASSWORD DB_PASSWORD',
    ],
  ])
})

test('no value leaves memory: not in any output, not in what is kept in the git directory', () => {
  makeShop()
  const runs = [
    ['--format', 'human'],
    ['--format', 'json'],
    ['--format', 'sarif'],
    ['--verbose'],
    ['--fix', '--yes'],
    ['--home'],
    ['--whole-history', '--max-age', '1'],
    ['--only', 'traked'],
    ['--vault', 'nowhere'],
    ['--image', 'docker-archive:.env'],
    ['--image-report', '.env'],
    ['--config', '.env'],
  ]
  const outputs = runs.map(args => env(...args)).flatMap(({ stdout, stderr }) => [stdout, stderr])
  const kept = readdirSync(join(root, '.git/stanch')).map(name =>
    readFileSync(join(root, '.git/stanch', name), 'utf8'),
  )
  expect(kept.length).toBe(2)
  for (const text of [...outputs, ...kept]) {
    for (const value of [stripe, generated]) {
      expect(text).not.toContain(value)
      expect(text).not.toContain(Buffer.from(value).toString('base64').slice(0, 12))
    }
  }
})

test('a rule that does not exist is an error that names the nearest', () => {
  makeShop()
  const { code, stderr } = env('--only', 'traked')
  expect([code, stderr.includes('Did you mean tracked?')]).toEqual([2, true])
})

type Shown = { severity: string; rule: string; path: string; line: number | null; key: string | null }

function describe({ severity, rule, path, line, key }: Shown): string {
  return `${severity} ${rule} ${path}${line ? `:${line}` : ''} ${key ?? ''}`
}

function env(...given: (string | NodeJS.ProcessEnv)[]): CliResult {
  const args = given.filter(argument => typeof argument === 'string')
  const more = given.find(argument => typeof argument !== 'string')
  return runCli(['env', '--machine', 'developer', ...args], {
    cwd: root,
    env: variables(more),
  })
}

function variables(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { PATH } = process.env
  return { PATH, HOME: root, XDG_CONFIG_HOME: root, GIT_CONFIG_NOSYSTEM: '1', CI: '', ...more }
}

/** Every file's text, but for git's own. */
function snapshot(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(path => !path.startsWith('.git/') && statSync(join(root, path)).isFile())
    .sort()
    .map(path => `${path}\n${readFileSync(join(root, path), 'utf8')}`)
}
