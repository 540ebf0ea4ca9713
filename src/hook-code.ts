/**
 * The ordinary case of the git hook, in a file of its own (scripts/build-code.ts): what the program loads on use is not in
 * it. To ask for that means that something was found, or that something is unusual.
 */
import type { Context } from './commands/context.ts'
import { runHook } from './commands/hook/run.ts'

export { askGit } from './commands/hook/ask-git.ts'

/** The exit code; undefined when the whole program has to look, whatever the reason. */
export async function runQuickly(context: Context, readListing: () => Buffer): Promise<number | undefined> {
  try {
    return await runHook('pre-commit', [], context, readListing)
  } catch {
    return undefined
  }
}
