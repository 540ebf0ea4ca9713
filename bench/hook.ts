/**
 * Times the pre-commit hook on a clone with staged changes, in turn with an empty Node, git's own diff and, where they are
 * installed, the hooks of peers: all programs of `--peers`, which take the arguments of gitleaks. The clone is changed: a
 * commit (so that its index is as in daily work), then the changes.
 *
 *   npx tsx bench/hook.ts CLONE [--runs N] [--files N] [--peers DIR]
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '20' },
    files: { type: 'string', default: '20' },
    peers: { type: 'string', default: '' },
  },
})
const clone = positionals[0] ?? '.'
const hook = fileURLToPath(new URL('../dist/hook.cjs', import.meta.url))
const { NODE_EXTRA_CA_CERTS, ...env } = process.env

stageChanges(Number(values.files))
compare(listCommands(), Number(values.runs))

function listCommands(): [name: string, command: string, args: string[]][] {
  const args = ['git', '--pre-commit', '--staged', '--no-banner', '--exit-code=0', '.']
  const peers = (values.peers ? readdirSync(values.peers) : []).map((name): [string, string, string[]] => [
    name,
    join(values.peers, name),
    args,
  ])
  return [
    ['empty node', process.execPath, ['-e', '0']],
    ['git diff --staged -U0', 'git', ['diff', '--staged', '-U0']],
    ['stanch (node)', process.execPath, [hook, 'pre-commit']],
    ['stanch (hook script)', 'sh', [join(clone, '.git/hooks/pre-commit')]],
    ...peers,
  ]
}

/** Appends a line to every n-th file of a language that is there. */
function stageChanges(count: number): void {
  const files = git('ls-files', '-z', '*.rb', '*.js', '*.ts', '*.go', '*.py', '*.c', '*.cc')
    .split('\0')
    .filter(Boolean)
  const step = Math.max(1, Math.floor(files.length / (2 * count)))
  const chosen = files.filter((_, i) => i % step === 0).slice(0, 2 * count)
  git('reset', '--quiet', '--hard')
  execFileSync(
    process.execPath,
    [fileURLToPath(new URL('../dist/cli.js', import.meta.url)), 'hook', 'install', '--git'],
    { cwd: clone },
  )
  for (const [i, file] of chosen.entries()) {
    appendFileSync(join(clone, file), `\n# line ${i}\n`)
    if (i === count - 1)
      git(
        '-c',
        'user.name=a',
        '-c',
        'user.email=a@b.invalid',
        'commit',
        '--quiet',
        '--no-verify',
        '-am',
        'before',
      )
  }
  git('add', '--all')
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: clone, encoding: 'utf8', env, maxBuffer: 1 << 28 })
}

function compare(commands: ReturnType<typeof listCommands>, runs: number): void {
  const times = new Map(commands.map(([name]) => [name, [] as number[]]))
  for (let round = 0; round <= runs; round++) {
    for (const [name, command, args] of commands) {
      const started = process.hrtime.bigint()
      const { status, error } = spawnSync(command, args, { cwd: clone, env, stdio: 'ignore' })
      if (error || status !== 0) throw new Error(`${name} ended with ${status}: ${error}`)
      // The first round warms the page cache.
      if (round > 0) times.get(name)?.push(Number(process.hrtime.bigint() - started) / 1e6)
    }
  }
  const base = median(times.get('empty node') ?? [])
  for (const [name, list] of times) {
    const figures = [Math.min(...list), median(list), median(list) - base]
    console.log(name.padEnd(24), figures.map(ms => `${ms.toFixed(0).padStart(5)}`).join('  '))
  }
  console.log('ms: least, median, median over an empty node')
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN
}
