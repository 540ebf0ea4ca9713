import type { Command } from 'commander'
import { UserError } from '../../errors.ts'
import type { Context, Finish } from '../context.ts'
import { addRunOptions, type RunOptions } from './options.ts'

export function define(command: Command, context: Context, finish: Finish): void {
  addRunOptions(command)
    .usage('[options] -- COMMAND [ARGUMENT…]')
    .argument('[words...]')
    .addHelpText('after', examples)
    .action(async (words: string[]) => {
      if (words.length > 0)
        throw new UserError(
          `"${words[0]}" stands before the two dashes`,
          `Write: stanch run -- ${words[0]} …`,
        )
      const { runCommand } = await import('./run.ts')
      finish(await runCommand(context.operands ?? [], command.optsWithGlobals<RunOptions>(), context))
    })
}

const examples = `
Examples:
  stanch run -- npm start                                  the secrets of the local vault
  stanch run --vault ssm:/shop --stage production -- ./server
  stanch run --only 'DB_*' --except '*_TEST' -- npm run migrate
  stanch run --no-inherit --keep PATH,HOME -- ./deploy.sh  nothing else of this environment
`
