import { entryId, type MigrationState } from '../../migration/journal.ts'
import { Secret } from '../../model.ts'
import { isAbsent, SecretError } from '../../vaults/secret-error.ts'
import type { Vault } from '../../vaults/vault.ts'
import type { CarryOutWorld } from './carry-out.ts'
import { refuseOthers, restorePlaintext } from './clean-up.ts'
import type { SealedPart, SealedPlan } from './sealed-plan.ts'
import { undoChange } from './text-file.ts'

/**
 * Takes a migration back as far as it went. The file comes first; what somebody has changed since is left alone and told.
 * @throws UserError where another file stands in the place of the old one
 */
export async function undoMigration(
  state: MigrationState,
  plan: SealedPlan,
  keepEntries: boolean,
  world: CarryOutWorld,
): Promise<string[]> {
  const remarks: string[] = []
  refuseOthers(plan, world.root)
  world.folder.record({ type: 'undoing', at: world.now().toISOString() })
  await restorePlaintext(plan, world.root, remarks)
  const changes = [...plan.parts.map(({ template }) => template), ...plan.others]
  for (const change of changes.reverse()) {
    if (!undoChange(world.root, change)) remarks.push(`${change.path} has been changed since, and stays`)
  }
  if (!keepEntries)
    for (const part of plan.parts)
      remarks.push(...(await takeBackEntries(state, part, await world.vaultOf(part.stage))))
  world.folder.record({ type: 'undone', at: world.now().toISOString() })
  return remarks
}

async function takeBackEntries(
  { begun, restored, written }: MigrationState,
  { stage, writes, previous }: SealedPart,
  vault: Vault,
): Promise<string[]> {
  const remarks: string[] = []
  for (const { name, value, action } of writes
    .filter(({ name }) => begun.has(entryId({ stage, name })))
    .reverse()) {
    const id = entryId({ stage, name })
    // Brought back, and not yet written: it has the value that it was deleted with.
    const isHalf = restored.has(id) && !written.has(id)
    const [now] = await vault.getMany([{ name }])
    if (!now || now instanceof SecretError) {
      if (now && !isAbsent(now)) throw now
      if (action === 'overwrite') remarks.push(`${name} is gone from ${vault.store}, and stays so`)
      continue
    }
    const before = previous.find(known => known.name === name)?.value
    if (now.reveal() === before) continue
    if (now.reveal() !== value && !isHalf)
      remarks.push(`${name} has another value in ${vault.store} by now, and stays`)
    else if (before !== undefined) await vault.put?.(name, new Secret(before))
    else await removeIfThere(name, vault)
  }
  return remarks
}

/** The answer to a removal may be lost, and it be asked for again. */
async function removeIfThere(name: string, vault: Vault): Promise<void> {
  try {
    await vault.remove?.(name)
  } catch (error) {
    if (!(error instanceof SecretError) || !isAbsent(error)) throw error
  }
}
