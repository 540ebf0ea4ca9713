import { isOpVault } from '../templates/parse-value.ts'
import type { Vault } from '../vaults/vault.ts'
import {
  chooseVault,
  openChosenVault,
  type VaultChoice,
  type VaultContext,
  type VaultOptions,
} from './open-vault.ts'

/** The vault that a reference names. Items of 1Password have the names that stand there, whatever the stage. */
export async function openReferencedVault(
  vault: string,
  options: VaultOptions,
  context: VaultContext,
): Promise<{ vault: Vault; type: VaultChoice['type'] }> {
  if (!isOpVault(vault)) return open(await chooseVault({ ...options, vault }, context), context)
  const choice = await chooseVault(
    { ...options, vault: `onepassword:${vault.slice('op://'.length)}` },
    context,
  )
  return open({ ...choice, settings: { ...choice.settings, path: '{KEY}' } }, context)
}

async function open(choice: VaultChoice, context: VaultContext) {
  return { vault: await openChosenVault(choice, context), type: choice.type }
}
