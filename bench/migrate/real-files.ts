/**
 * Migrates .env files of real projects, their values replaced by made-up ones of the same shape, to a local vault, and
 * compares what a program gets before and after: `npx tsx bench/migrate/real-files.ts FILE…`, after a build.
 *
 * Before is what dotenv, Node and bash themselves read, and Compose by COMPOSE_READER (the program of
 * scripts/dotenv-oracles), else by our own dialect. Where the four agree on a key, `stanch run` has to give the same; where
 * they do not, the plan has to say so.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { parse as parseByDotenv } from 'dotenv'
import { valuesOf } from '../../src/dotenv/dialect.ts'
import { dialects } from '../../src/dotenv/index.ts'
import { initLocalVault } from '../../src/vaults/local/init-local-vault.ts'
import { makeUp } from './make-up.ts'

type Environment = Readonly<Record<string, string | null | undefined>>

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
/** All four read the file, so all four count. */
const project = {
  'package.json': JSON.stringify({
    name: 'real',
    dependencies: { dotenv: '*' },
    scripts: { start: 'node --env-file=.env .', db: '. ./.env && psql' },
  }),
  'compose.yaml': 'services: { web: { image: web, env_file: .env } }\n',
}

/** What a shell of this machine has without any file. */
const ofShell = new Set(
  spawnSync('/bin/bash', ['-c', 'cd /; exec /usr/bin/env -0'], {
    env: { PATH: '/nonexistent' },
    encoding: 'utf8',
  })
    .stdout.split('\0')
    .map(line => line.slice(0, line.indexOf('='))),
)

interface Row {
  file: string
  keys: number
  agreed: number
  same: number
  diverging: number
  reported: number
  note: string
}

/** Its place among the readers. */
const BASH = 2

const rows: Row[] = []
for (const file of process.argv.slice(2)) {
  const row = await migrateOne(file)
  rows.push(row)
  console.log(Object.values(row).join('\t'))
}
const sum = (name: 'keys' | 'agreed' | 'same' | 'diverging' | 'reported') =>
  rows.reduce((total, row) => total + row[name], 0)
console.log(
  `${rows.length} files, ${sum('keys')} keys; agreed ${sum('agreed')}, of these the same afterwards ${sum('same')}; diverging ${sum('diverging')}, of these reported ${sum('reported')}`,
)
process.exitCode = sum('agreed') === sum('same') && sum('diverging') === sum('reported') ? 0 : 1

async function migrateOne(file: string): Promise<Row> {
  const directory = mkdtempSync(join(tmpdir(), 'real-env-'))
  try {
    const text = makeUp(readFileSync(file), file)
    writeFileSync(join(directory, '.env'), text)
    for (const [name, content] of Object.entries(project)) writeFileSync(join(directory, name), content)
    const env = { PATH: process.env.PATH, HOME: directory, XDG_CONFIG_HOME: join(directory, 'config') }
    await initLocalVault({}, { store: 'local' }, { env, directory, now: () => new Date() })
    const byItself = byCompose(text)
    // Who refuses the whole file gives nothing to compare with; the plan has to say that it does.
    const before = [byDotenv(text), byNode(text), byBash(directory), ...(byItself ? [byItself] : [])]
    const stanch = (...args: string[]) =>
      spawnSync(process.execPath, [cli, ...args], { cwd: directory, env, encoding: 'utf8' })
    const migrated = stanch('migrate', '.env', '--to', 'local', '--apply')
    const told = new Set(divergencesOf(migrated.stdout))
    const script = 'process.stdout.write(JSON.stringify(process.env))'
    const allowed = /--allow-dangerous \S+/.exec(migrated.stdout)?.[0].split(' ') ?? []
    const run = stanch(
      'run',
      '--stage',
      'local',
      '--no-mask',
      ...allowed,
      '--',
      process.execPath,
      '-e',
      script,
    )
    const after: Environment = run.status === 0 ? JSON.parse(run.stdout) : {}
    const failed = [migrated, run].find(({ status }) => status !== 0)
    const isRefusalTold =
      byItself !== undefined || migrated.stdout.includes('compose: refuses the whole file')
    const note = failed?.stderr.match(/^stanch: .*/m)?.[0] ?? (isRefusalTold ? '' : 'refusal not told')
    return compare(file, before, after, told, note)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function compare(
  file: string,
  before: readonly Environment[],
  after: Environment,
  told: ReadonlySet<string>,
  note: string,
): Row {
  // What only a shell sees is no key of the file: `?a=b&c=d` without quotes sets `c`.
  // Nor is one that only Node sees: the line of a bare name, and the next one with it.
  const keys = [...new Set(before.filter((_, i) => i !== BASH).flatMap(one => Object.keys(one)))].filter(
    key => /^[\w.-]+$/.test(key),
  )
  const agreed = keys.filter(key =>
    before.every(one => typeof one[key] === 'string' && one[key] === before[0]?.[key]),
  )
  const diverging = keys.filter(key => !agreed.includes(key))
  const changed = agreed.filter(key => after[key] !== before[0]?.[key])
  const untold = diverging.filter(key => !told.has(key))
  return {
    file: file.replace(/^.*\//, ''),
    keys: keys.length,
    agreed: agreed.length,
    same: agreed.length - changed.length,
    diverging: diverging.length,
    reported: diverging.length - untold.length,
    note: [
      note,
      ...(changed.length && note === '' ? [`changed: ${changed.slice(0, 5)}`] : []),
      ...(untold.length ? [`not told: ${untold.slice(0, 5)}`] : []),
    ].join(' '),
  }
}

function divergencesOf(plan: string): string[] {
  return [...plan.matchAll(/^line \d+ +(.*?) is read in several ways/gm)].map(([, key = '']) => key)
}

function byDotenv(text: Buffer): Environment {
  return parseByDotenv(text)
}

function byNode(text: Buffer): Environment {
  return parseEnv(text.toString('utf8'))
}

/** With no program to be found, whatever a line of the file would start. */
function byBash(cwd: string): Environment {
  const script = 'set -a; . ./.env; exec /usr/bin/env -0'
  const { stdout } = spawnSync('/bin/bash', ['-c', script], {
    cwd,
    env: { PATH: '/nonexistent' },
    encoding: 'utf8',
  })
  const entries = stdout
    .split('\0')
    .filter(line => line !== '' && !ofShell.has(line.slice(0, line.indexOf('='))))
  return Object.fromEntries(
    entries.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
}

function byCompose(text: Buffer): Environment | undefined {
  const reader = process.env.COMPOSE_READER
  if (reader === undefined)
    return Object.fromEntries(valuesOf(dialects.compose.evaluate(text.toString('utf8'), {})))
  const [found] = JSON.parse(
    execFileSync(reader, ['compose'], { input: JSON.stringify([text.toString('utf8')]) }).toString(),
  )
  return found ?? undefined
}
