import { type Command, Option } from 'commander'
import { hookTypes } from '../../hooks/hook-type.ts'
import type { Context, Finish } from '../context.ts'
import type { InstallOptions } from './install.ts'

export function define(command: Command, context: Context, finish: Finish): void {
  command.addHelpText('after', examples)
  command
    .command('install')
    .description('have git ask stanch before a commit or a push')
    .addOption(new Option('--type <type>', 'which hook').choices(hookTypes).default('pre-commit'))
    .option('--git', "a script in the repository's own folder of hooks")
    .option('--husky', 'a line in .husky/')
    .option('--pre-commit-framework', 'an entry in .pre-commit-config.yaml')
    .option('--lefthook', 'a command in lefthook.yml')
    .action(async (options: InstallOptions) =>
      finish(await (await import('./install.ts')).installHook(options, context)),
    )
  command
    .command('uninstall')
    .description('take it out again; what others wrote stays')
    .option('--yes', 'without a question')
    .action(async (options: { yes?: boolean }) =>
      finish(await (await import('./uninstall.ts')).uninstallHooks(options, context)),
    )
  command
    .command('doctor')
    .description('is it installed, does git run it, is it bypassed?')
    .action(async () => finish(await (await import('./doctor.ts')).checkHooks(context)))
  command
    .command('run')
    .description('what the scripts call')
    .argument('<type>', hookTypes.join(', '))
    .argument('[args...]', 'what git hands to the hook')
    .action(async (type: string, args: string[]) =>
      finish(await (await import('./run.ts')).runHook(type, args, context)),
    )
  command
    .command('compile', { hidden: true })
    .description('compile the hook for the Node that runs this')
    .action(async () => {
      await (await import('./compile-hook.ts')).compileHook()
      finish(0)
    })
}

const examples = `
Examples:
  stanch hook install                    before each commit; recognises husky, lefthook and pre-commit
  stanch hook install --type pre-push    before each push
  stanch hook doctor                     is it really run?
`
