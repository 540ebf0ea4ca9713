import { UserError } from '../../errors.ts'
import { entryId, type MigrationState } from '../../migration/journal.ts'
import { Secret } from '../../model.ts'
import { isAbsent, SecretError } from '../../vaults/secret-error.ts'
import type { Vault } from '../../vaults/vault.ts'
import type { CarryOutWorld } from './carry-out.ts'
import type { SealedPart, SealedPlan } from './sealed-plan.ts'

/** Each is noted before and after, so that none is lost or written twice, whenever it stops. */
export async function writeEntries(
  state: MigrationState,
  { parts }: SealedPlan,
  { folder, vaultOf, onProgress }: CarryOutWorld,
): Promise<void> {
  const all = parts.flatMap(({ stage, writes }) => writes.map(write => ({ stage, ...write })))
  for (const [i, { stage, ...write }] of all.entries()) {
    const { name } = write
    const id = entryId({ stage, name })
    if (state.written.has(id)) continue
    const vault = await vaultOf(stage)
    folder.record({ type: 'writing', stage, name })
    const attempt = {
      isRestored: state.restored.has(id),
      onRestore: () => folder.record({ type: 'restoring', stage, name }),
    }
    const { version } =
      (state.begun.has(id) && (await findArrived(write, vault))) || (await putOnce(write, vault, attempt))
    folder.record({ type: 'written', stage, name, version })
    const shown = parts.length > 1 ? `${stage} ${name}` : name
    onProgress({ type: 'entry', at: i + 1, of: all.length, name: shown })
  }
}

type Write = SealedPart['writes'][number]
interface Written {
  version?: string | undefined
}

/** A write that was begun before a crash may have arrived; not every store would refuse it a second time. */
async function findArrived({ name, value }: Write, vault: Vault): Promise<Written | undefined> {
  const [there] = await vault.getMany([{ name }])
  if (there instanceof SecretError && !isAbsent(there)) throw there
  return there && !(there instanceof SecretError) && there.reveal() === value ? there : undefined
}

interface Attempt {
  /** It was brought back before a crash: what is there is no conflict. */
  isRestored: boolean
  onRestore(): void
}

/** The answer to a write may be lost, and the write be made again: then its value is there. */
async function putOnce(write: Write, vault: Vault, { isRestored, onRestore }: Attempt): Promise<Written> {
  const { name, action, version } = write
  const { put, restore } = vault
  if (!put) throw new UserError(`${vault.store} cannot be written`, 'Choose another vault with --to.')
  const value = new Secret(write.value)
  const isNew = action === 'create' && !isRestored
  const options = isNew ? { ifAbsent: true } : version === undefined ? {} : { ifVersion: version }
  try {
    return await put(name, value, options)
  } catch (error) {
    if (!(error instanceof SecretError)) throw error
    if (error.kind === 'pending-deletion' && restore) {
      onRestore()
      await restore(name)
      return put(name, value)
    }
    if (error.kind !== 'already-exists' && error.kind !== 'conflict') throw error
    const there = await findArrived(write, vault)
    if (!there) throw error
    return there
  }
}

/** @throws UserError that names what the vault does not give back as it was written */
export async function verifyEntries({ stored }: SealedPart, vault: Vault): Promise<void> {
  const outcomes = await vault.getMany(stored.map(({ name }) => ({ name })))
  const wrong = stored.filter(({ value }, i) => {
    const outcome = outcomes[i]
    return !outcome || outcome instanceof SecretError || outcome.reveal() !== value
  })
  if (wrong.length > 0)
    throw new UserError(
      `${vault.store} does not give back what was written: ${wrong.map(({ name }) => name).join(', ')}`,
      'The file is untouched. Run "stanch migrate --resume" to try again, or --undo to take it back.',
    )
}
