/** A project with a .env file and a fresh local vault, outside of which nothing of the machine is seen. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CliResult, runCli } from './run-cli.ts'
import { git, makeRepository } from './temporary-directory.ts'

const killer = fileURLToPath(new URL('kill-at-sync.cjs', import.meta.url))

const key = ['kV9', 'mQ2', 'pLz8w', 'Q1r'].join('-')
const password = ['s3cr3t', 'Pa55', 'w0rd'].join('-')
export const shopSecrets = [key, password]

export const shopEnv = `# the shop
PORT=8080
export APP_KEY="${key}"   # keep

DATABASE_URL=postgres://app:${password}@db:5432/app
DB_PASSWORD='${password}'
GREETING="hello {name} $USER"
EMPTY=
`

export interface Shop {
  directory: string
  run(args: readonly string[], killAt?: string): CliResult
  read(path: string): string
}

export function makeShop(): Shop {
  const directory = makeRepository({ '.env': shopEnv, '.gitignore': 'config/\n' })
  git(directory, 'add', '-A')
  git(directory, 'commit', '-qm', 'Begin')
  const env = { XDG_CONFIG_HOME: join(directory, 'config') }
  const shop: Shop = {
    directory,
    read: path => readFileSync(join(directory, path), 'utf8'),
    run: (args, killAt) =>
      runCli(args, {
        cwd: directory,
        env: killAt ? { ...env, NODE_OPTIONS: `--require ${killer}`, STANCH_KILL_AT: killAt } : env,
      }),
  }
  shop.run(['vault', 'init'])
  return shop
}

/** What `stanch run` gives a program, of the names in the file. */
export function environmentOf(shop: Shop): Record<string, string | undefined> {
  const names = ['PORT', 'APP_KEY', 'DATABASE_URL', 'DB_PASSWORD', 'GREETING', 'EMPTY']
  const script = `console.log(JSON.stringify(process.env))`
  const { stdout } = shop.run(['run', '--stage', 'local', '--no-mask', '--', process.execPath, '-e', script])
  const given = JSON.parse(stdout)
  return Object.fromEntries(names.map(name => [name, given[name]]))
}

export const shopEnvironment = {
  PORT: '8080',
  APP_KEY: key,
  DATABASE_URL: `postgres://app:${password}@db:5432/app`,
  DB_PASSWORD: password,
  GREETING: 'hello {name} $USER',
  EMPTY: '',
}
