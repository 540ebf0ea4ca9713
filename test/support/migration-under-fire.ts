/** Migrations that are killed, on a project in which everything happens: see `makeFiredAt`. */
import { spawn } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { migrate } from '../../src/commands/migrate/migrate.ts'
import { Secret } from '../../src/model.ts'
import type { VaultSettings } from '../../src/settings/settings-schema.ts'
import { storeTypes } from '../../src/vaults/index.ts'
import { initLocalVault } from '../../src/vaults/local/init-local-vault.ts'
import { openStore } from '../../src/vaults/open-store.ts'
import { SecretError } from '../../src/vaults/secret-error.ts'
import type { Vault } from '../../src/vaults/vault.ts'
import { cliPath } from './run-cli.ts'
import { git, writeFiles } from './temporary-directory.ts'

export interface FireTarget {
  title: string
  settings: VaultSettings
  env: NodeJS.ProcessEnv
  files: readonly ('.env' | '.env.production')[]
  /** How often an entry was written, where the store's own history does not tell. */
  countWrites?: (address: string) => Promise<number>
}

const killer = fileURLToPath(new URL('kill-at-sync.cjs', import.meta.url))
const key = ['kV9', 'mQ2', 'pLz8w', 'Q1r'].join('-')
const password = ['s3cr3t', 'Pa55', 'w0rd'].join('-')
const renewed = ['nJ4', 'tT7', 'bXq2c', 'W9z'].join('-')
const legacy = ['oL8', 'yH3', 'dRk5v', 'E6m'].join('-')
const former = ['fF1', 'gG2', 'hHj3k', 'K4l'].join('-')

const texts = {
  '.env': `# the shop\r
PORT=8080
export APP_KEY="${key}"   # keep

DATABASE_URL=postgres://app:${password}@db:5432/app
DB_PASSWORD='${password}'
RENEWED_TOKEN=${renewed}
LEGACY_SECRET_KEY=${legacy}
GREETING="hello {name} $USER"
EMPTY=`,
  '.env.production': `PORT=80\nSESSION_SECRET=${key}x\nRENEWED_TOKEN=${renewed}y\n`,
}
const stages = { '.env': 'local', '.env.production': 'production' }

export interface FiredAt {
  target: FireTarget
  /** `migrate --resume` or `--undo`, in this process, as it is quicker. */
  goOn(given: { resume: true } | { undo: true }): Promise<void>
  /** Runs the command, killed after some milliseconds, or at a sync (`3:after`); how it ended, and how long it took. */
  run(
    args: readonly string[],
    kill?: number | string,
  ): Promise<{ code: number | null; text: string; ms: number }>
  /** All files that people see, the index, and what the vault has. */
  look(withHistory?: boolean): Promise<Record<string, string>>
  hasBegun(): boolean
  remove(): void
}

let made = 0
let template: string | undefined
const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'stanch-fired-')))
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }))

/** Made once, as it takes git ten calls. */
function original(): string {
  if (template !== undefined) return template
  template = join(temporary, 'original')
  mkdirSync(template)
  writeFiles(template, {
    '.env': `${texts['.env']}\nOLDER=1\n`,
    '.env.bak': `DB_PASSWORD=${password}\n`,
    '.gitignore': 'home/\n.stanch/\n*.bak',
    'package.json': '{ "name": "shop" }\n',
  })
  git(template, 'init', '-q', '-b', 'main')
  git(template, 'add', '-A')
  git(template, '-c', 'user.name=Ada', '-c', 'user.email=ada@test.invalid', 'commit', '-qm', 'Begin')
  return template
}

/**
 * A project with a file that is tracked and changed since, a key that stays in it, a value within another one, an entry
 * that is there with another value, a backup copy, settings and recipes to be written.
 */
export async function makeFiredAt(target: FireTarget): Promise<FiredAt> {
  const namespace = `fired${process.pid}x${made++}`
  const directory = join(temporary, namespace)
  cpSync(original(), directory, { recursive: true })
  for (const file of target.files) writeFileSync(join(directory, file), texts[file], { mode: 0o640 })
  const env = { ...target.env, XDG_CONFIG_HOME: join(directory, 'home') }
  const world = { env, directory, now: () => new Date() }
  await initLocalVault({}, { store: 'local' }, world)
  const vaults: [string, Vault][] = []
  for (const file of target.files) {
    const scope = { namespace, stage: stages[file], store: target.settings.type }
    const vault = await openStore(storeTypes[target.settings.type], target.settings, scope, world)
    vaults.push([stages[file], vault])
    await vault.put?.('RENEWED_TOKEN', new Secret(former))
  }
  const { type, ...settings } = target.settings
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`)
  writeFileSync(
    join(directory, '.stanch.toml'),
    `[migrate]\nnamespace = "${namespace}"\n[vaults.${type}]\ntype = "${type}"\n${lines.join('')}`,
  )
  return {
    target,
    async goOn(given) {
      const nowhere = () => new Writable({ write: (_text, _encoding, done) => done() })
      const streams = { stdout: nowhere(), stderr: nowhere(), stdin: process.stdin }
      const options = {
        onConflict: 'fail',
        recipeDir: '',
        format: 'human',
        color: 'never',
        yes: true,
        ...given,
      } as const
      const code = await migrate([], options, {
        ...streams,
        env: { ...process.env, ...env },
        cwd: directory,
        now: world.now,
      })
      if (code !== 0) throw new Error(`ended with ${code}`)
    },
    run: (args, kill) => runCli(args, directory, env, kill),
    look,
    hasBegun: () =>
      readTree(join(directory, '.stanch')).some(
        ([path, text]) => path.endsWith('journal.jsonl') && text.includes('\n'),
      ),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }

  async function look(withHistory = false): Promise<Record<string, string>> {
    const seen = readTree(directory)
      .filter(([path]) => !/^(?:\.git|\.stanch|home)\//.test(path))
      .map(([path, text]) => [path, `${(statSync(join(directory, path)).mode & 0o777).toString(8)} ${text}`])
    seen.push(['the index', git(directory, 'ls-files', '-s')])
    for (const [stage, vault] of vaults)
      for (const name of [
        'APP_KEY',
        'DB_PASSWORD',
        'DATABASE_URL_PASSWORD',
        'RENEWED_TOKEN',
        'SESSION_SECRET',
        'LEGACY_SECRET_KEY',
        'PORT',
      ])
        seen.push([`${stage} ${name}`, await describe(vault, name, withHistory)])
    return Object.fromEntries(
      seen.map(([name = '', text = '']) => [name, text.replaceAll(namespace, 'NAMESPACE')]),
    )
  }

  async function describe(vault: Vault, name: string, withHistory: boolean): Promise<string> {
    const [found] = await vault.getMany([{ name }])
    // Secrets Manager keeps what was deleted for some days.
    if (found instanceof SecretError && found.kind === 'pending-deletion') return 'not-found'
    if (!found || found instanceof SecretError) return found?.kind ?? ''
    if (!withHistory) return found.reveal()
    const writes = target.countWrites
      ? await target.countWrites(vault.address(name))
      : ((await vault.history?.(name))?.length ?? 0)
    return `${found.reveal()} written ${writes} times`
  }
}

function readTree(directory: string, from = directory): [string, string][] {
  try {
    return readdirSync(directory, { withFileTypes: true }).flatMap(entry => {
      const path = join(directory, entry.name)
      return entry.isDirectory()
        ? readTree(path, from)
        : [[relative(from, path), readFileSync(path, 'latin1')] as [string, string]]
    })
  } catch {
    // Not there yet.
    return []
  }
}

export const migrateArguments = (target: FireTarget) => [
  ...['migrate', ...target.files, '--to', target.settings.type, '--on-conflict', 'overwrite'],
  ...['--except', 'LEGACY_*', '--recipe', 'systemd', '--remove-copies', '--apply'],
]

function runCli(
  args: readonly string[],
  cwd: string,
  own: NodeJS.ProcessEnv,
  kill?: number | string,
): Promise<{ code: number | null; text: string; ms: number }> {
  const { NODE_EXTRA_CA_CERTS, FORCE_COLOR, CI, ...env } = process.env
  const killing =
    typeof kill === 'string' ? { NODE_OPTIONS: `--require ${killer}`, STANCH_KILL_AT: kill } : {}
  const started = performance.now()
  const child = spawn(process.execPath, [cliPath, ...args], {
    cwd,
    env: { ...env, NO_COLOR: '1', ...own, ...killing },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      text += chunk
    })
  const timer = typeof kill === 'number' ? setTimeout(() => child.kill('SIGKILL'), kill) : undefined
  return new Promise(resolve =>
    child.on('close', code => {
      clearTimeout(timer)
      resolve({ code, text, ms: performance.now() - started })
    }),
  )
}
