/**
 * The git hook's own way in: what `stanch hook run` does, started quickly. The ordinary case stands in one file
 * (hook-code.ts), compiled already for the Node that the build, or `stanch hook install`, ran with. When something was
 * found, or is unusual, the whole program takes over.
 */
import { readSync } from 'node:fs'
import type { Context } from './commands/context.ts'
import { assetPath } from './system/assets.ts'
import { loadCode } from './system/load-code.ts'

type HookCode = typeof import('./hook-code.ts')

const argv = process.argv.slice(2)

/** Bytes of a diff. */
const MOST_LISTED = 2 ** 21

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

// The other hooks read standard input, which cannot be read twice.
if (argv[0] === 'pre-commit') startQuickly()
else startWhole()

function startQuickly(): void {
  // Our own script has git show what is staged; another that calls us does not.
  const isShown = argv[1] === 'shown'
  const listing = Buffer.allocUnsafe(MOST_LISTED)
  // Makes room in the pipe, so that git can go on while the code is loaded.
  let size = isShown ? read(listing, 0) : 0
  const { askGit, runQuickly } = loadCode<HookCode>('hook-code')
  const readListing = isShown ? readRest : () => askGit(context, MOST_LISTED)
  runQuickly(context, readListing).then(exitCode => {
    process.exitCode = exitCode ?? startAnew()
  })

  /** @throws where there is so much that a Node which compiles for speed is better */
  function readRest(): Buffer {
    for (let count = size; count > 0; size += count) {
      if (size === MOST_LISTED) throw new Error('too much for a quick look')
      count = read(listing, size)
    }
    return listing.subarray(0, size)
  }
}

/** Bytes that have come on standard input; none at its end, and where it cannot be read: then git is asked later. */
function read(target: Buffer, at: number): number {
  try {
    return readSync(0, target, at, target.length - at, null)
  } catch {
    return 0
  }
}

/** The script has started Node for a short run (hooks/quick-start.ts). */
function startAnew(): number {
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const args = [assetPath('dist/cli.js'), 'hook', 'run', 'pre-commit']
  return spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1
}

function startWhole(): void {
  const cli = assetPath('dist/cli.js')
  process.argv = [process.argv[0] ?? 'node', cli, 'hook', 'run', ...argv]
  import(cli)
}
