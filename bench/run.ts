/**
 * Times `stanch run -- true` with the local vault (an identity of its own, 20 entries, settings, a template or none), in turn
 * with an empty Node.
 *
 *   npx tsx bench/run.ts [--runs N]
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '20' } } })
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'stanch-bench-'))
const env = {
  PATH: process.env.PATH,
  STANCH_IDENTITY_FILE: join(directory, 'identity'),
}
const names = Array.from({ length: 20 }, (_, i) => `SECRET_${i}`)

try {
  prepare()
  compare({
    'empty node': ['-e', '0'],
    'stanch --version': [cli, '--version'],
    'run, all entries': [cli, 'run', '--', 'true'],
    'run, template': [cli, 'run', '--stage', 'local', '--template', 'env/t.env', '--', 'true'],
    'run, masking': [cli, 'run', '--mask', '--', 'true'],
    'run, environment as vault': [cli, 'run', '--vault', 'env:T_', '--', 'true'],
  })
} finally {
  rmSync(directory, { recursive: true })
}

function prepare(): void {
  mkdirSync(join(directory, 'env'))
  writeFileSync(join(directory, '.stanch.toml'), '[migrate]\nnamespace = "shop"\n')
  writeFileSync(join(directory, 'env/t.env'), names.map(name => `${name}={local}\n`).join(''))
  run([cli, 'vault', 'init'])
  for (const name of names) run([cli, 'vault', 'set', name], `value of ${name}`)
}

function run(args: readonly string[], input = ''): number {
  const started = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: directory, env, input })
  const ms = Number(process.hrtime.bigint() - started) / 1e6
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  return ms
}

function compare(commands: Readonly<Record<string, readonly string[]>>): void {
  const times = new Map(Object.keys(commands).map(name => [name, [] as number[]]))
  for (let round = 0; round <= Number(values.runs); round++)
    for (const [name, args] of Object.entries(commands)) {
      const ms = run(args)
      // The first round warms the page cache.
      if (round > 0) times.get(name)?.push(ms)
    }
  const base = median(times.get('empty node') ?? [])
  for (const [name, list] of times) {
    const figures = [Math.min(...list), median(list), median(list) - base]
    console.log(name.padEnd(28), figures.map(ms => ms.toFixed(0).padStart(5)).join('  '))
  }
  console.log('ms: least, median, median over an empty node')
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN
}
