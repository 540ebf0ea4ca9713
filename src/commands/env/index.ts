import type { Command } from 'commander'
import type { Context, Finish } from '../context.ts'
import { addEnvOptions, type EnvOptions } from './options.ts'

export function define(command: Command, context: Context, finish: Finish): void {
  addEnvOptions(command)
    .addHelpText('after', examples)
    .action(async (paths: string[], _options, self: Command) => {
      const { runEnv } = await import('./run-env.ts')
      finish(await runEnv({ ...self.optsWithGlobals<EnvOptions>(), paths }, context))
    })
}

const examples = `
Examples:
  stanch env                        env files of this project: tracked, copied, stale, readable by others…
  stanch env --fix                  show how to mend what can be mended safely, then do it
  stanch env --format sarif         for a code host; the exit code is 1 while a problem remains
  stanch env --only tracked,not-ignored,real-in-example   in a hook
`
