import type { VaultSettings } from '../settings/settings-schema.ts'
import { createAddress } from './address.ts'
import type { OpenedFor, StoreType } from './index.ts'
import type { Vault, VaultWorld } from './vault.ts'
import { withCache } from './wrappers/cache.ts'
import { enforceLimits } from './wrappers/enforce-limits.ts'
import { withFields } from './wrappers/fields.ts'
import { readOnly } from './wrappers/read-only.ts'
import { renameEntries } from './wrappers/rename.ts'
import { withRetry } from './wrappers/retry.ts'

/** A store with its keys in their place: what lies in other stages and namespaces is not to be seen. */
export async function openStore(
  type: StoreType,
  settings: VaultSettings,
  about: OpenedFor,
  world: VaultWorld,
): Promise<Vault> {
  const { open, spelling } = await type.load()
  const store = enforceLimits(await open(settings, about, world))
  const path = settings.path ?? type.path
  const scoped =
    path === undefined ? store : renameEntries(store, createAddress(path, about, spelling), about.stage)
  const patient = type.remote ? withRetry(scoped, { pace: world.pace }) : scoped
  const fielded = type.remote && !type.ownFields ? withFields(patient) : patient
  const kept = settings.cacheSeconds
    ? withCache(fielded, { ttlMs: settings.cacheSeconds * 1000, nowMs: () => performance.now() })
    : fielded
  return settings.readOnly ? readOnly(kept) : kept
}
