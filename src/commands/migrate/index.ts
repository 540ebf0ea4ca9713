import { type Command, Option } from 'commander'
import { conflictPolicies } from '../../migration/plan-migration.ts'
import { recipeNames } from '../../migration/recipes/names.ts'
import type { Context, Finish } from '../context.ts'
import type { MigrateOptions } from './options.ts'

export function define(command: Command, context: Context, finish: Finish): void {
  command
    .argument('[file...]', '.env files; .env.production belongs to the stage production')
    .option(
      '--to <vault>',
      'a configured name, or a kind with a prefix: ssm:/team/app (default: from the settings)',
    )
    .option('--stage <stage>', 'local, staging, production… (default: by the name of the file)')
    .option('--namespace <namespace>', 'what {namespace} in addresses stands for')
    .option('--prefix <prefix>', 'what the names of entries begin with: SHOP_')
    .option('--dialect <dialect>', 'how programs read the file (default: found in the project)')
    .option('--template <file>', 'where the template goes (default: env/{stage}.env)')
    .option('--recipe <names>', `how it is started: ${recipeNames.join(', ')}`, list)
    .option('--recipe-dir <dir>', 'where recipes go', 'stanch-recipes')
    .addOption(
      new Option('--on-conflict <policy>', 'what becomes of an entry that is there with another value')
        .choices(conflictPolicies)
        .default('fail'),
    )
    .option('--only <globs>', 'only keys that fit: DB_*,API_*', list)
    .option('--except <globs>', 'no keys that fit', list)
    .option('--store <globs>', 'keys that go to the vault, whatever they look like', list)
    .option('--plain <globs>', 'keys that stay in the template, whatever they look like', list)
    .option('--include-config', 'store plain configuration, too')
    .option('--keep-file', 'leave the file where it is')
    .option('--remove-copies', 'remove backup copies of the file, too')
    .option('--example', 'write an example with blanks, and blank moved values in the one that is there')
    .option('--apply', 'do it without asking')
    .option('--resume [id]', 'go on with a migration that was interrupted')
    .option('--undo [id]', 'restore the file, and take back what was written')
    .option('--keep-entries', 'with --undo: leave the vault as it is')
    .option('--yes', 'with --undo: do not ask')
    .option('--list', 'the migrations there were')
    .addOption(new Option('--format <format>', 'of the plan').choices(['human', 'json']).default('human'))
    .addHelpText('after', examples)
    .action(async (files: string[]) => {
      const { migrate } = await import('./migrate.ts')
      finish(await migrate(files, command.optsWithGlobals<MigrateOptions>(), context))
    })
}

function list(text: string, before: readonly string[] = []): string[] {
  const names = text.split(',').map(part => part.trim())
  return [...before, ...names.filter(name => name !== '')]
}

const examples = `
Examples:
  stanch migrate .env --to local                  shows the plan, and asks
  stanch migrate .env.production --to ssm:/shop --apply
  stanch migrate --undo                           the last one
`
