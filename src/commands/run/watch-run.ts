import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '../../errors.ts'
import type { Child } from '../../launch/start-child.ts'
import { superviseWithRestarts } from '../../launch/supervise.ts'
import type { Context } from '../context.ts'
import type { RunOptions } from './options.ts'
import type { PreparedRun } from './prepare-run.ts'
import { tell } from './run.ts'

const USUAL_SECONDS = 30

export interface WatchedRun {
  first: PreparedRun
  sharesGroup: boolean
  start: (prepared: PreparedRun) => Child
  /** Asks the store anew. */
  prepare: () => Promise<PreparedRun>
}

/** Restarts the command when what it is given has changed. While the store cannot be read the command goes on. */
export function watchRun(
  { first, sharesGroup, start, prepare }: WatchedRun,
  options: RunOptions,
  context: Context,
): Promise<number> {
  const seconds = typeof options.watch === 'number' ? options.watch : USUAL_SECONDS
  let current = first
  let trouble = ''
  return superviseWithRestarts(
    sharesGroup,
    () => start(first),
    async signal => {
      while (await waited(seconds, signal)) {
        const next = await attempt()
        if (!next || isSame(next.variables, current.variables)) continue
        current = next
        tell(['restarting, as secrets have changed'], options, context)
        break
      }
      return () => start(current)
    },
  )

  async function attempt(): Promise<PreparedRun | undefined> {
    try {
      const next = await prepare()
      trouble = ''
      return next
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      if (trouble !== error.message)
        tell([`going on with what there was: ${error.message}`], options, context)
      trouble = error.message
      return undefined
    }
  }
}

async function waited(seconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(seconds * 1000, undefined, { signal })
    return true
  } catch {
    // The command has ended.
    return false
  }
}

function isSame(a: PreparedRun['variables'], b: PreparedRun['variables']): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every(name => a[name] === b[name])
}
