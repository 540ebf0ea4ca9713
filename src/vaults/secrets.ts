import { Secret } from '../model.ts'
import { listEntries } from './list-entries.ts'
import { type Fulfilled, fulfil, type Requirement } from './requirement.ts'
import type {
  EntryInfo,
  PutOptions,
  ReadOptions,
  StoredSecret,
  Vault,
  VaultLimits,
  VersionInfo,
} from './vault.ts'
import { forTenant, withPrefix } from './wrappers/prefix.ts'

/** Secrets as a program reads them. Functions that the store has no part for are absent. Errors are `SecretError`. */
export interface Secrets {
  get(name: string, options?: ReadOptions & { version?: string | number }): Promise<StoredSecret>
  /** All that is wanted at once, under the names that are wanted; what is missing is one error. */
  getMany<const R extends readonly Requirement[]>(
    requirements: R,
    options?: ReadOptions,
  ): Promise<Fulfilled<R>>
  /** Names and versions, never values. */
  list(options?: ReadOptions & { prefix?: string }): AsyncIterable<EntryInfo>
  limits(): VaultLimits
  /** Only entries that start so, under the rest of their names; covers every function. */
  withPrefix(prefix: string): Secrets
  /** The same for `tenant/`, where a tenant is one word. */
  forTenant(tenant: string): Secrets
  put?(name: string, value: string | Secret, options?: PutOptions): Promise<EntryInfo>
  remove?(name: string): Promise<void>
  history?(name: string, options?: ReadOptions): Promise<readonly VersionInfo[]>
}

export function createSecrets(vault: Vault): Secrets {
  const { put, remove, history } = vault
  return {
    get: (name, options) => vault.get(name, options),
    getMany: (requirements, options) => fulfil(vault, requirements, options),
    list: options => listEntries(vault, options),
    limits: () => vault.limits(),
    withPrefix: prefix => createSecrets(withPrefix(vault, prefix)),
    forTenant: tenant => createSecrets(forTenant(vault, tenant)),
    ...(put && {
      put: (name, value, options) =>
        put.call(vault, name, value instanceof Secret ? value : new Secret(value), options),
    }),
    ...(remove && { remove: name => remove.call(vault, name) }),
    ...(history && { history: (name, options) => history.call(vault, name, options) }),
  }
}
