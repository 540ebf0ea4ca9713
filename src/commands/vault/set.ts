import { ExitCode } from '../../errors.ts'
import type { Context } from '../context.ts'
import { openVault } from '../open-vault.ts'
import { demandAbility } from './demand-ability.ts'
import type { VaultCommandOptions } from './options.ts'
import { readValue } from './read-value.ts'
import { tellEntry } from './tell-entry.ts'

export async function setEntry(
  [key = '']: readonly string[],
  options: VaultCommandOptions & { raw?: boolean },
  context: Context,
): Promise<number> {
  const vault = demandAbility(await openVault(options, context), 'put')
  const entry = await vault.put(key, await readValue(key, options, context))
  await tellEntry('written', vault, entry, options, context)
  return ExitCode.clean
}
