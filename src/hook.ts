/**
 * The git hook's own way in: what `stanch hook run` does, in one small file that starts quickly. What the program loads on
 * use is not in it (scripts/build-hook.ts): to ask for that means that something was found, or that something is
 * unusual, and the whole program takes over.
 */
import { runHook } from './commands/hook/run.ts'
import { ExitCode, UserError } from './errors.ts'
import { assetPath } from './system/assets.ts'

const argv = process.argv.slice(2)
const [type = '', ...args] = argv

// Only this hook says nothing nearly always; the others read standard input, which cannot be read twice.
if (type === 'pre-commit') startQuickly()
else startWhole()

function startQuickly(): void {
  const context = {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    now: () => new Date(process.env.STANCH_NOW || Date.now()),
  }
  runHook(type, args, context).then(
    exitCode => {
      process.exitCode = exitCode
    },
    error => {
      if (isNotInHere(error)) startWhole()
      else tell(error)
    },
  )
}

function startWhole(): void {
  const cli = assetPath('dist/cli.js')
  process.argv = [process.argv[0] ?? 'node', cli, 'hook', 'run', ...argv]
  import(cli).catch(tell)
}

function isNotInHere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'STANCH_ON_USE'
}

function tell(error: unknown): void {
  const said =
    error instanceof UserError
      ? `stanch: ${error.message}\n  ${error.hint}\n`
      : `stanch: internal error\n${error instanceof Error ? error.stack : String(error)}\n`
  process.stderr.write(said)
  process.exitCode = ExitCode.trouble
}
