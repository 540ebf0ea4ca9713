import { ExitCode, UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { openVault } from '../open-vault.ts'
import { demandAbility } from './demand-ability.ts'
import type { VaultCommandOptions } from './options.ts'
import { tellEntry } from './tell-entry.ts'

/** The new one is there, and read back, before the old one goes; what is there already is never overwritten. */
export async function renameEntry(
  [from = '', to = '']: readonly string[],
  options: VaultCommandOptions,
  context: Context,
): Promise<number> {
  const vault = demandAbility(demandAbility(await openVault(options, context), 'put'), 'remove')
  const value = await vault.get(from)
  const entry = await vault.put(to, value, { ifAbsent: true })
  if (!(await vault.get(to)).equals(value)) {
    await vault.remove(to)
    throw new UserError(`"${to}" does not read as it was written`, `"${from}" is as it was.`)
  }
  await vault.remove(from)
  await tellEntry(`renamed ${from} to`, vault, entry, options, context)
  return ExitCode.clean
}
