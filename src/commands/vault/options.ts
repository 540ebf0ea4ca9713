import { type Command, Option } from 'commander'
import type { VaultOptions } from '../open-vault.ts'

export interface VaultCommandOptions extends VaultOptions {
  format: 'human' | 'json'
  quiet?: boolean
}

/** What every command of a vault takes. */
export function addVaultOptions(command: Command): Command {
  return addScopeOptions(command).addOption(
    new Option('--format <format>', 'human or json').choices(['human', 'json']).default('human'),
  )
}

/** Which entries are meant. */
export function addScopeOptions(command: Command): Command {
  return command
    .option('--vault <vault>', 'a configured name, or a kind with a prefix: ssm:/team/app')
    .option('--stage <stage>', 'local, staging, production…')
    .option('--namespace <namespace>', 'what {namespace} in addresses stands for')
}
