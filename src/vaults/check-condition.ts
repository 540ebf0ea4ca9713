import { outcomeOf } from './get-each.ts'
import { SecretError } from './secret-error.ts'
import type { PutOptions, Vault } from './vault.ts'

/**
 * The conditions of a write, looked at before it, for a store that decides none of them itself: somebody may write in
 * between.
 * @throws SecretError `already-exists`, `conflict`
 */
export async function checkCondition(
  vault: Pick<Vault, 'get' | 'store'>,
  name: string,
  { ifAbsent, ifVersion }: PutOptions,
): Promise<void> {
  if (!ifAbsent && ifVersion === undefined) return
  const found = await outcomeOf(vault.get(name))
  const about = { store: vault.store, names: [name] }
  if (found instanceof SecretError) {
    if (found.kind !== 'not-found') throw found
    if (ifVersion !== undefined && ifVersion !== '0') throw new SecretError('conflict', about)
    return
  }
  if (ifAbsent) throw new SecretError('already-exists', about)
  if (found.version !== ifVersion) throw new SecretError('conflict', about)
}
