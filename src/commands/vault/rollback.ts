import { ExitCode } from '../../errors.ts'
import type { Context } from '../context.ts'
import { openVault } from '../open-vault.ts'
import { demandAbility } from './demand-ability.ts'
import type { VaultCommandOptions } from './options.ts'
import { tellEntry } from './tell-entry.ts'

/** The older value becomes a new version, so that the way back is open. Not over what somebody else writes meanwhile. */
export async function rollBack(
  [key = '', version = 'previous']: readonly string[],
  options: VaultCommandOptions,
  context: Context,
): Promise<number> {
  const vault = demandAbility(await openVault(options, context), 'put')
  const [current, older] = [await vault.get(key), await vault.get(key, { version })]
  const ifVersion = vault.limits().conditionalPut.ifVersion ? current.version : undefined
  const entry = await vault.put(key, older, { ifVersion })
  await tellEntry(`rolled back to version ${older.version ?? version}:`, vault, entry, options, context)
  return ExitCode.clean
}
