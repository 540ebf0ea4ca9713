import type { VaultSettings } from '../settings/settings-schema.ts'
import { createAddress } from './address.ts'
import type { OpenedFor, StoreType } from './index.ts'
import type { Vault, VaultWorld } from './vault.ts'
import { renameEntries } from './wrappers/rename.ts'

/** A store with its keys in their place: what lies in other stages and namespaces is not to be seen. */
export async function openStore(
  type: StoreType,
  settings: VaultSettings,
  about: OpenedFor,
  world: VaultWorld,
): Promise<Vault> {
  const { open, spelling } = await type.load()
  const store = await open(settings, about, world)
  const path = settings.path ?? type.path
  if (path === undefined) return store
  return renameEntries(store, createAddress(path, about, spelling), about.stage)
}
