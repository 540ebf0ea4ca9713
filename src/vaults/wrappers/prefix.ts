import type { Address } from '../address.ts'
import { SecretError } from '../secret-error.ts'
import type { Vault } from '../vault.ts'
import { renameEntries } from './rename.ts'

/** Only the entries whose names start so, under the rest of their names. */
export function withPrefix(vault: Vault, prefix: string): Vault {
  if (prefix.startsWith('/') || prefix.split('/').some(level => level === '..' || level === '.'))
    throw new SecretError('invalid-name', {
      store: vault.store,
      stage: vault.stage,
      names: [prefix],
      reason: 'a prefix begins with no slash and has no dots alone',
    })
  const address: Address = {
    prefix,
    refuses: () => undefined,
    toStore: key => prefix + key,
    toKey: name => (name.startsWith(prefix) ? name.slice(prefix.length) : undefined),
  }
  return renameEntries(vault, address)
}

/** The entries below `tenant/`. A tenant's name is one level: it can reach no other's entries. */
export function forTenant(vault: Vault, tenant: string): Vault {
  if (tenant === '' || tenant.includes('/') || /^\.+$/.test(tenant))
    throw new SecretError('invalid-name', {
      store: vault.store,
      stage: vault.stage,
      names: [tenant],
      reason: 'a tenant is one word without slashes',
    })
  return withPrefix(vault, `${tenant}/`)
}
