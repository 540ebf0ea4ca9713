/**
 * The ordinary case of `stanch run`, in a file of its own (scripts/build-code.ts): what the program loads on use is not in
 * it. To ask for that means that something is wrong, or unusual.
 */
import { Command } from 'commander'
import type { Context } from './commands/context.ts'
import { addGlobalOptions } from './commands/global-options.ts'
import { addRunOptions, type RunOptions } from './commands/run/options.ts'
import { prepareRun } from './commands/run/prepare-run.ts'
import { launchRun } from './commands/run/run.ts'
import { UserError } from './errors.ts'

/** The exit code; undefined when the whole program has to do it: nothing has been started then. */
export async function runQuickly(words: readonly string[], context: Context): Promise<number | undefined> {
  const end = words.indexOf('--')
  const command = words.slice(end + 1)
  const options = end < 0 ? undefined : readOptions(words.slice(0, end))
  if (!options || options.watch !== undefined || command.length === 0) return undefined
  try {
    return await launchRun(await prepareQuickly(command, options, context), command, options, context)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function readOptions(words: readonly string[]): RunOptions | undefined {
  const command = addGlobalOptions(addRunOptions(new Command('run')))
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: () => {} })
  try {
    const options = command.parse(words, { from: 'user' }).opts<RunOptions & { cwd?: string }>()
    return options.cwd === undefined ? options : undefined
  } catch {
    // Help, or a slip.
    return undefined
  }
}

async function prepareQuickly(...asked: Parameters<typeof prepareRun>): ReturnType<typeof prepareRun> {
  try {
    return await prepareRun(...asked)
  } catch (error) {
    throw new UserError('not in the ordinary way', '', { cause: error })
  }
}
