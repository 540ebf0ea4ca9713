import { storeTypes } from '../vaults/index.ts'
import type { Context } from './context.ts'
import { loadSettings } from './load-settings.ts'
import type { VaultOptions } from './open-vault.ts'
import { findProject } from './project.ts'

/** The names that a reference may use: of configured vaults, and of kinds of stores. */
export async function readVaultNames(
  { config }: VaultOptions,
  { cwd, env }: Pick<Context, 'cwd' | 'env'>,
): Promise<(name: string) => boolean> {
  const vaults = (await loadSettings(findProject(cwd), { cwd, env, config }))?.settings.vaults ?? {}
  return name => Object.hasOwn(vaults, name) || Object.hasOwn(storeTypes, name)
}
