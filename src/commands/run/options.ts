import { type Command, InvalidArgumentError, Option } from 'commander'
import { type MissingPolicy, missingPolicies } from '../../templates/evaluate.ts'
import type { VaultOptions } from '../open-vault.ts'

export interface RunOptions extends VaultOptions {
  /** True: the one of the stage, which must be there. */
  template?: string | true
  envFile?: readonly string[]
  only?: readonly string[]
  except?: readonly string[]
  inherit: boolean
  keep?: readonly string[]
  /** Undefined: where CI is set. */
  mask?: boolean
  /** Seconds; true for the usual ones. */
  watch?: number | true
  missing: MissingPolicy
  allowDangerous?: readonly string[]
  passCredentials?: boolean
  quiet?: boolean
}

export function addRunOptions(command: Command): Command {
  return command
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
