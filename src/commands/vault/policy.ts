import { ExitCode, UserError } from '../../errors.ts'
import { policies, scopeOfPolicy } from '../../vaults/policies/index.ts'
import type { Context } from '../context.ts'
import { chooseVault } from '../open-vault.ts'
import { writeText } from '../write-text.ts'
import type { VaultCommandOptions } from './options.ts'

/** What an administrator is to grant for one stage, and no more. */
export async function printPolicy(
  _args: readonly string[],
  options: VaultCommandOptions & { access: 'read' | 'write' },
  context: Context,
): Promise<number> {
  const { type, store, settings, namespace, stage } = await chooseVault(options, context)
  const print = policies[type]
  if (!print)
    throw new UserError(
      `${store} has no policies`,
      `Policies are for ${Object.keys(policies).join(', ')}; docs/vaults.md says what the others need.`,
    )
  const text = print(scopeOfPolicy(type, settings, { namespace, stage }, options.access === 'write'))
  await writeText(context.stdout, text)
  return ExitCode.clean
}
