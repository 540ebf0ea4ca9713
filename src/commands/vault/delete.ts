import { ExitCode, UserError } from '../../errors.ts'
import { printable } from '../../reporters/printable.ts'
import { SecretError } from '../../vaults/secret-error.ts'
import { confirm } from '../confirm.ts'
import type { Context } from '../context.ts'
import { openVault } from '../open-vault.ts'
import { writeText } from '../write-text.ts'
import { demandAbility } from './demand-ability.ts'
import type { VaultCommandOptions } from './options.ts'
import { tellEntry } from './tell-entry.ts'

/** Nothing is deleted unless all of them are there. */
export async function deleteEntries(
  keys: readonly string[],
  options: VaultCommandOptions & { yes?: boolean },
  context: Context,
): Promise<number> {
  const vault = demandAbility(await openVault(options, context), 'remove')
  const distinct = [...new Set(keys)]
  await demandEntries(distinct)
  for (const key of distinct)
    context.stderr.write(`delete ${printable(vault.address(key))} in ${vault.store}\n`)
  if (!options.yes && !(await confirm(`Delete ${distinct.length} of ${vault.store}?`, context)))
    throw new UserError('nothing was deleted', 'Say --yes to go ahead without a question.')
  for (const name of distinct) {
    await vault.remove(name)
    if (options.format === 'human') await tellEntry('deleted', vault, { name }, options, context)
  }
  if (options.format === 'json')
    await writeText(
      context.stdout,
      `${JSON.stringify(
        distinct.map(name => ({ name })),
        null,
        2,
      )}\n`,
    )
  return ExitCode.clean

  async function demandEntries(names: readonly string[]): Promise<void> {
    if (!vault.limits().readable) return
    const outcomes = await vault.getMany(names.map(name => ({ name })))
    const errors = outcomes.filter(one => one instanceof SecretError)
    const missing = errors.filter(({ kind }) => kind === 'not-found').flatMap(error => error.names)
    if (missing.length > 0)
      throw new SecretError('not-found', { store: vault.store, stage: vault.stage, names: missing })
    if (errors[0]) throw errors[0]
  }
}
