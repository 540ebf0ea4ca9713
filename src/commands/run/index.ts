import { type Command, InvalidArgumentError, Option } from 'commander'
import { UserError } from '../../errors.ts'
import { missingPolicies } from '../../templates/evaluate.ts'
import type { Context, Finish } from '../context.ts'
import type { RunOptions } from './options.ts'

export function define(command: Command, context: Context, finish: Finish): void {
  command
    .usage('[options] -- COMMAND [ARGUMENT…]')
    .argument('[words...]')
    .option('--vault <vault>', 'a configured name, or a kind with a prefix: ssm:/team/app')
    .option('--stage <stage>', 'local, staging, production…')
    .option('--namespace <namespace>', 'what {namespace} in addresses stands for')
    .option('--template [file]', 'what to hand over (default: env/{stage}.env, else all entries)')
    .option('--env-file <file>', 'more variables, without references (repeatable)', add, undefined)
    .option('--only <globs>', 'only names that fit: DB_*,API_*', list)
    .option('--except <globs>', 'no names that fit', list)
    .option('--no-inherit', 'nothing of the environment but what --keep names')
    .option('--keep <names>', 'hand these down in any case', list)
    .option('--mask', 'hide the secrets in what the command prints (default where CI is set)')
    .option('--no-mask', 'do not hide them')
    .option('--watch [seconds]', 'restart the command when a secret changes', seconds)
    .addOption(
      new Option('--missing <policy>', 'what becomes of a reference without an entry')
        .choices(missingPolicies)
        .default('fail'),
    )
    .option('--allow-dangerous <names>', 'hand over variables such as NODE_OPTIONS', list)
    .option('--pass-credentials', "hand down the store's own credentials")
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

function list(text: string, before: readonly string[] = []): string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map(part => part.trim())
      .filter(Boolean),
  ]
}

function add(text: string, before: readonly string[] = []): string[] {
  return [...before, text]
}

function seconds(text: string): number {
  const number = Number(text)
  if (number > 0) return number
  throw new InvalidArgumentError('Seconds are a number above 0.')
}

const examples = `
Examples:
  stanch run -- npm start                                  the secrets of the local vault
  stanch run --vault ssm:/shop --stage production -- ./server
  stanch run --only 'DB_*' --except '*_TEST' -- npm run migrate
  stanch run --no-inherit --keep PATH,HOME -- ./deploy.sh  nothing else of this environment
`
