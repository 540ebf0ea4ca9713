import { type Command, Option } from 'commander'
import type { MissingPolicy } from '../../templates/evaluate.ts'
import { missingPolicies } from '../../templates/evaluate.ts'
import type { VaultOptions } from '../open-vault.ts'

export interface TemplateOptions extends VaultOptions {
  output?: string
  missing: MissingPolicy
  dialect: string
  quiet?: boolean
}

/** What every command of a template takes. */
export function addTemplateOptions(command: Command): Command {
  return command
    .option('--vault <vault>', 'a configured name, or a kind with a prefix: ssm:/team/app')
    .option('--stage <stage>', 'local, staging, production…')
    .option('--namespace <namespace>', 'what {namespace} in addresses stands for')
}

export function missingOption(): Option {
  return new Option('--missing <policy>', 'what becomes of a reference without an entry')
    .choices(missingPolicies)
    .default('fail')
}
