import { join, relative } from 'node:path'
import { UserError } from '../../errors.ts'
import type { MigrationState } from '../../migration/journal.ts'
import { LockTimeout, withFileLock } from '../../system/file-lock.ts'
import { identityPath, readIdentities } from '../../vaults/local/identity.ts'
import { provideIdentity } from '../../vaults/local/init-local-vault.ts'
import type { Vault } from '../../vaults/vault.ts'
import type { Context } from '../context.ts'
import { chooseVault, openChosenVault } from '../open-vault.ts'
import { findProject } from '../project.ts'
import type { MigrationPlan } from './build-plan.ts'
import { type CarryOutWorld, carryOut, type Progress } from './carry-out.ts'
import { planIgnored } from './ignored-files.ts'
import { type MigrationFolder, openMigration } from './migration-folder.ts'
import type { MigrateOptions } from './options.ts'
import { planRotation, type RotationList } from './rotation-list.ts'
import { began, sealPlans } from './seal-plans.ts'
import { type SealedPlan, seal, unseal } from './sealed-plan.ts'

/** A migration that was agreed to: from here on it can be resumed and undone. */
export interface BegunMigration {
  folder: MigrationFolder
  sealed: SealedPlan
  rotation: RotationList | undefined
}

export async function begin(
  plans: readonly [MigrationPlan, ...MigrationPlan[]],
  options: MigrateOptions,
  context: Context,
): Promise<BegunMigration> {
  const { root } = findProject(context.cwd)
  const [first] = plans
  const folder = openMigration(root, first.id)
  const rotation = await planRotation(plans, root, options, context)
  const paths = plans.map(({ source }) => relative(root, source.path))
  const templates = plans.map(({ template }) => template.path)
  const ignored = await planIgnored(root, options.keepFile ? [] : paths, templates)
  const sealed = await sealPlans(plans, root, options, [rotation?.change, ignored])
  folder.writeSealed(await seal(sealed, await recipients(first.choice.directory, context)))
  folder.record(began(plans, first, root, options, context))
  return { folder, sealed, rotation }
}

/** The same for the first run and for every later one. */
export async function finish(
  { folder, sealed }: Pick<BegunMigration, 'folder' | 'sealed'>,
  options: MigrateOptions & { vault: string },
  context: Context,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  await alone(folder, async () => {
    const state = folder.read()
    if (!state)
      throw new UserError(`the journal in "${folder.directory}" is empty`, 'Migrate the file again.')
    await carryOut(state, sealed, createWorld(folder, options, context, onProgress))
  })
}

/** @throws UserError where another process is at work on the same migration */
export async function alone<T>(folder: MigrationFolder, work: () => Promise<T>): Promise<T> {
  try {
    return await withFileLock(join(folder.directory, 'lock'), work, { patienceMs: 0 })
  } catch (error) {
    if (!(error instanceof LockTimeout)) throw error
    throw new UserError(
      'another process is at work on this migration',
      'Wait until it has ended, then try again.',
    )
  }
}

export function createWorld(
  folder: MigrationFolder,
  options: MigrateOptions & { vault: string },
  context: Context,
  onProgress: (progress: Progress) => void,
): CarryOutWorld {
  const open = async (vault: string, stage: string) =>
    openChosenVault(await chooseVault({ ...options, vault, stage }, context), context)
  const opened = new Map<string, Promise<Vault>>()
  const vaultOf = (stage: string) => {
    const vault = opened.get(stage) ?? open(options.vault, stage)
    opened.set(stage, vault)
    return vault
  }
  return {
    root: findProject(context.cwd).root,
    folder,
    vaultOf,
    openVault: open,
    now: context.now,
    onProgress,
  }
}

/** The vault of the first run, whatever is given now. */
export function scopeOf(
  options: MigrateOptions,
  { migration }: MigrationState,
): MigrateOptions & { vault: string } {
  const { vault, namespace } = migration
  return { ...options, vault, ...(namespace === undefined ? {} : { namespace }) }
}

/** Who can undo: the identity of the local vault, which is made where there is none. */
async function recipients(directory: string, context: Context): Promise<readonly string[]> {
  const world = { env: context.env, directory, now: context.now }
  return (await provideIdentity(identityPath({}, world), 'migrate', {}, world)).recipients
}

export async function readSealed(folder: MigrationFolder, context: Context): Promise<SealedPlan> {
  const world = { env: context.env, directory: context.cwd, now: context.now }
  return unseal(folder.readSealed(), await readIdentities(identityPath({}, world), 'migrate', world))
}
