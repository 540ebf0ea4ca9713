import type { Command } from 'commander'
import type { Context, Finish } from '../context.ts'
import { addVaultOptions, type VaultCommandOptions } from './options.ts'

/** Runs with all options, the global ones included. */
type Action<Options> = (args: string[], options: Options, context: Context) => Promise<number>

export function define(command: Command, context: Context, finish: Finish): void {
  command.addHelpText('after', examples)
  const add = <Options = VaultCommandOptions>(
    usage: string,
    description: string,
    load: () => Promise<Action<Options>>,
  ): Command => {
    const action = command.command(usage).description(description)
    action.action(async (...given: unknown[]) => {
      const run = await load()
      finish(await run(wordsOf(given), action.optsWithGlobals<Options & object>() as Options, context))
    })
    return action
  }

  addVaultOptions(
    add(
      'list',
      'names, versions and dates; never a value',
      async () => (await import('./list.ts')).listVault,
    ),
  ).option('--prefix <prefix>', 'only names that start so')
  addVaultOptions(add('get <key>', 'the value of one entry', async () => (await import('./get.ts')).getEntry))
    .option('--version <version>', "the store's own, current or previous")
    .option('--reveal', 'show it on a terminal')
  addVaultOptions(
    add(
      'set <key>',
      'write a value from standard input or a prompt',
      async () => (await import('./set.ts')).setEntry,
    ),
  ).option('--raw', 'keep the final newline')
  addVaultOptions(
    add('delete <key...>', 'take entries out', async () => (await import('./delete.ts')).deleteEntries),
  ).option('--yes', 'without a question')
  addVaultOptions(
    add(
      'rename <old> <new>',
      'move an entry to another name',
      async () => (await import('./rename.ts')).renameEntry,
    ),
  )
  addVaultOptions(
    add('history <key>', 'the versions of an entry', async () => (await import('./history.ts')).showHistory),
  )
  addVaultOptions(
    add(
      'rollback <key> [version]',
      'write an older value again',
      async () => (await import('./rollback.ts')).rollBack,
    ),
  )
  addVaultOptions(add('init', 'make the local vault', async () => (await import('./init.ts')).initVault))
    .option('--passphrase', 'encrypt the identity with a passphrase')
    .option('--recipient <recipient>', 'age1… of somebody else who can read (repeatable)', collect, [])
}

/** Commander hands over each argument, then the options and the command. */
function wordsOf(given: readonly unknown[]): string[] {
  return given
    .slice(0, -2)
    .flat()
    .filter(word => typeof word === 'string')
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value]
}

const examples = `
Examples:
  stanch vault init                                     an encrypted file on this machine
  printf %s "$VALUE" | stanch vault set API_KEY         values never stand in the command
  stanch vault list --vault ssm:/shop --stage production
  stanch vault get API_KEY --version previous
`
