import { type Command, Option } from 'commander'
import { conflictPolicies } from '../../vaults/transfer/plan-transfer.ts'
import type { Context, Finish } from '../context.ts'
import type { CopyOptions } from './copy.ts'
import type { ExportOptions } from './export.ts'
import { addScopeOptions, addVaultOptions, type VaultCommandOptions } from './options.ts'
import type { RotateOptions } from './rotate.ts'
import type { TransferOptions } from './transfer.ts'

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
  addTransferOptions(
    add<CopyOptions>(
      'copy',
      'from one stage or store to another',
      async () => (await import('./copy.ts')).copyEntries,
    ),
  )
    .requiredOption('--from <vault[:stage]>', 'where from')
    .requiredOption('--to <vault[:stage]>', 'where to')
    .option('--only <globs>', 'only these names')
    .option('--except <globs>', 'not these names')
  addTransferOptions(
    add<TransferOptions>(
      'import <file>',
      'entries of a .env or JSON file',
      async () => (await import('./import.ts')).importEntries,
    ),
  )
  addScopeOptions(
    add<ExportOptions>(
      'export',
      'all values in clear',
      async () => (await import('./export.ts')).exportEntries,
    ),
  )
    .addOption(new Option('--format <format>', 'env or json').choices(['env', 'json']).default('env'))
    .option('--output <file>', 'a file that only you can read')
  addVaultOptions(
    add<VaultCommandOptions & { stages: string }>(
      'diff',
      'which entries differ between stages',
      async () => (await import('./diff.ts')).diffStages,
    ),
  ).requiredOption('--stages <stages>', 'such as staging,production')
  addVaultOptions(
    add<VaultCommandOptions & { write: boolean }>(
      'check',
      'prove what these credentials may do',
      async () => (await import('./check.ts')).checkRights,
    ),
  ).option('--no-write', 'without an entry that is written and deleted')
  addScopeOptions(
    add<VaultCommandOptions & { access: 'read' | 'write' }>(
      'policy',
      'the rights to grant, and no more',
      async () => (await import('./policy.ts')).printPolicy,
    ),
  ).addOption(new Option('--access <access>', 'read or write').choices(['read', 'write']).default('write'))
  addVaultOptions(
    add<RotateOptions>(
      'rotate <key>',
      'write a new value; the one before stays readable',
      async () => (await import('./rotate.ts')).rotateEntry,
    ),
  )
    .option('--length <characters>', 'of a generated value', '32')
    .option('--charset <charset>', 'alphanumeric, base64url, hex, symbols, or the characters', 'alphanumeric')
  addVaultOptions(
    add<VaultCommandOptions & { maxAge: string }>(
      'stale',
      'entries that are due for rotation',
      async () => (await import('./stale.ts')).listStale,
    ),
  ).option('--max-age <days>', 'where the provider says nothing', '90')
}

function addTransferOptions(command: Command): Command {
  return addVaultOptions(command)
    .addOption(
      new Option('--on-conflict <policy>', 'what to do with entries of another value')
        .choices(conflictPolicies)
        .default('fail'),
    )
    .option('--yes', 'without a question')
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
  stanch vault copy --from local:staging --to ssm:production
  stanch vault diff --stages staging,production
`
