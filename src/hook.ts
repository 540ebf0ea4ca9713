/**
 * The git hook's own way in: what `stanch hook run` does, started quickly. The ordinary case stands in one file
 * (hook-code.ts), compiled already for the Node that the build, or `stanch hook install`, ran with. When something was
 * found, or is unusual, the whole program takes over.
 */
import type { Context } from './commands/context.ts'
import { assetPath } from './system/assets.ts'
import { loadCode } from './system/load-code.ts'

type HookCode = typeof import('./hook-code.ts')

const argv = process.argv.slice(2)

/** A stream costs a millisecond or two to open, and most runs say nothing. */
const context: Context = {
  get stdout() {
    return process.stdout
  },
  get stderr() {
    return process.stderr
  },
  get stdin() {
    return process.stdin
  },
  env: process.env,
  cwd: process.cwd(),
  now: () => new Date(process.env.STANCH_NOW || Date.now()),
}

// Only this hook says nothing nearly always; the others read standard input, which cannot be read twice.
if (argv[0] === 'pre-commit') startQuickly()
else startWhole()

function startQuickly(): void {
  const { runQuickly } = loadCode<HookCode>('hook-code')
  runQuickly(argv.slice(1), context).then(exitCode => {
    if (exitCode === undefined) startWhole()
    else process.exitCode = exitCode
  })
}

function startWhole(): void {
  const cli = assetPath('dist/cli.js')
  // What the script had git list has been read.
  const args = argv.filter(word => word !== 'listed')
  process.argv = [process.argv[0] ?? 'node', cli, 'hook', 'run', ...args]
  import(cli)
}
