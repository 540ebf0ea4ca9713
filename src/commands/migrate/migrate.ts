import { randomBytes } from 'node:crypto'
import { relative, resolve } from 'node:path'
import { ExitCode, UserError } from '../../errors.ts'
import { type MigrationState, reduceJournal } from '../../migration/journal.ts'
import { identityPath, readIdentities } from '../../vaults/local/identity.ts'
import { provideIdentity } from '../../vaults/local/init-local-vault.ts'
import type { Vault } from '../../vaults/vault.ts'
import { confirm } from '../confirm.ts'
import type { Context } from '../context.ts'
import { chooseVault, openChosenVault } from '../open-vault.ts'
import { findProject } from '../project.ts'
import { writeText } from '../write-text.ts'
import { buildPlan, type MigrationPlan } from './build-plan.ts'
import { type CarryOutWorld, carryOut } from './carry-out.ts'
import { findDialects } from './find-dialect.ts'
import { planIgnored } from './ignored-files.ts'
import { findMigration, listMigrations, type MigrationFolder, openMigration } from './migration-folder.ts'
import type { MigrateOptions } from './options.ts'
import { describePlan, planToJson } from './print-plan.ts'
import { readSource } from './read-source.ts'
import { planRotation, type RotationList } from './rotation-list.ts'
import { began, sealPlans } from './seal-plans.ts'
import { type SealedPlan, seal, unseal } from './sealed-plan.ts'
import { stageOf } from './stage-of.ts'
import { undoMigration } from './undo-migration.ts'

export async function migrate(
  files: readonly string[],
  options: MigrateOptions,
  context: Context,
): Promise<number> {
  if (options.list) return showList(options, context)
  if (options.resume !== undefined) return resume(options.resume, options, context)
  if (options.undo !== undefined) return undo(options.undo, options, context)
  if (files.length === 0)
    throw new UserError('no file to migrate', 'Name one: stanch migrate .env --to local')
  return migrateFiles([...new Set(files)], options, context)
}

/** All files are one transaction: planned before the first write, undone together. */
async function migrateFiles(
  files: readonly string[],
  options: MigrateOptions,
  context: Context,
): Promise<number> {
  const { root } = findProject(context.cwd)
  const id = newId(context.now())
  const plans: MigrationPlan[] = []
  for (const file of files) plans.push(await planFile(id, file, options, context))
  refuseSharedStages(plans)
  const [first] = plans
  if (!first) return ExitCode.clean
  const shown = plans.map(planToJson)
  await writeText(
    context.stdout,
    options.format === 'json'
      ? `${JSON.stringify(shown.length === 1 ? shown[0] : shown, null, 2)}\n`
      : plans.map(describePlan).join('\n'),
  )
  const entries = plans.flatMap(plan => plan.entries)
  const failed = entries.filter(({ action }) => action === 'fail')
  if (failed.length > 0)
    throw new UserError(
      `${failed.length} of ${entries.length} keys cannot be migrated: ${failed.map(({ key }) => key).join(', ')}`,
      'The plan says why. Nothing was written.',
    )
  if (!options.apply && !(await confirm(`Move ${files.join(', ')} to ${first.choice.store}?`, context)))
    throw new UserError('nothing was written', 'Run it on a terminal, or with --apply.')
  const folder = openMigration(root, id)
  const rotation = await planRotation(plans, root, options, context)
  const paths = plans.map(({ source }) => relative(root, resolve(context.cwd, source.file)))
  const ignored = options.keepFile ? undefined : await planIgnored(root, paths)
  const sealed = sealPlans(plans, root, options, [rotation?.change, ignored])
  folder.writeSealed(await seal(sealed, await recipients(first.choice.directory, context)))
  folder.record(began(plans, first, root, options, context))
  const code = await finish(folder, sealed, { ...options, vault: options.to ?? first.choice.store }, context)
  if (rotation && options.format === 'human') await writeText(context.stdout, adviseRotation(rotation))
  return code
}

async function planFile(
  id: string,
  file: string,
  options: MigrateOptions,
  context: Context,
): Promise<MigrationPlan> {
  const { root } = findProject(context.cwd)
  const source = readSource(file, findDialects(options.dialect, resolve(context.cwd, file)), context.cwd)
  const stage = options.stage ?? stageOf(file)
  const chosen = { ...options, vault: options.to, ...(stage === undefined ? {} : { stage }) }
  const choice = await chooseVault(chosen, context)
  const vault = await openChosenVault(choice, context)
  return buildPlan(id, source, { vault, choice }, options, root)
}

function adviseRotation({ change, fingerprints }: RotationList): string {
  const commands = fingerprints.map(one => `  stanch incident start --finding ${change.path}#${one}\n`)
  return `\nGit's history still holds ${fingerprints.length === 1 ? 'a secret' : `${fingerprints.length} secrets`}; rotate what was ever pushed or shared:\n${commands.join('')}`
}

/** Two files of a stage would write the same template and, where they have the same key, the same entry. */
function refuseSharedStages(plans: readonly MigrationPlan[]): void {
  const seen = new Map<string, string>()
  for (const { choice, source, template } of plans) {
    const other = seen.get(choice.stage) ?? seen.get(template.path)
    if (other !== undefined)
      throw new UserError(
        `${other} and ${source.file} both belong to stage ${choice.stage}`,
        'Migrate them one after the other, each with its --stage and --template.',
      )
    seen.set(choice.stage, source.file).set(template.path, source.file)
  }
}

async function resume(id: string | true, options: MigrateOptions, context: Context): Promise<number> {
  const { root } = findProject(context.cwd)
  const state = findMigration(root, id, ({ status }) => status !== 'undone', 'not undone')
  if (state.status === 'finished') {
    await writeText(context.stdout, `Nothing is left to do: migration ${state.id} is finished.\n`)
    return ExitCode.clean
  }
  const folder = openMigration(root, state.id)
  return finish(folder, await readSealed(folder, context), scopeOf(options, state), context)
}

async function undo(id: string | true, options: MigrateOptions, context: Context): Promise<number> {
  const { root } = findProject(context.cwd)
  const state = findMigration(root, id, ({ status }) => status !== 'undone', 'not undone')
  const folder = openMigration(root, state.id)
  const { vault, parts } = state.migration
  const names = parts.map(({ file }) => file).join(', ')
  const count = parts.reduce((sum, { writes }) => sum + writes.length, 0)
  const entries = options.keepEntries
    ? ''
    : `, and take ${count === 1 ? '1 entry' : `${count} entries`} out of ${vault}`
  await writeText(context.stdout, `Restore ${names}${entries}.\n`)
  if (!options.yes && !(await confirm('Undo it?', context)))
    throw new UserError('nothing was undone', 'Run it on a terminal, or with --yes.')
  const world = await createWorld(folder, scopeOf(options, state), context)
  const sealed = await readSealed(folder, context)
  const remarks = await undoMigration(state, sealed, options.keepEntries ?? false, world)
  await writeText(
    context.stdout,
    [`${names} ${parts.length === 1 ? 'is' : 'are'} back.`, ...remarks, ''].join('\n'),
  )
  return ExitCode.clean
}

async function showList({ format }: MigrateOptions, context: Context): Promise<number> {
  const all = listMigrations(findProject(context.cwd).root)
  const rows = all.map(({ id, at, status, migration }) => ({ id, at, status, ...migration }))
  const text =
    format === 'json'
      ? `${JSON.stringify(rows, null, 2)}\n`
      : rows
          .map(
            ({ id, status, vault, parts }) =>
              `${id}  ${status.padEnd(8)}  ${parts.map(({ file, stage }) => `${file} (${stage})`).join(', ')} → ${vault}\n`,
          )
          .join('')
  await writeText(context.stdout, text)
  return ExitCode.clean
}

/** The same for the first run and for every later one. */
async function finish(
  folder: MigrationFolder,
  sealed: SealedPlan,
  options: MigrateOptions & { vault: string },
  context: Context,
): Promise<number> {
  const state = folder.read() ?? reduceJournal([])
  if (!state) throw new UserError(`the journal in "${folder.directory}" is empty`, 'Migrate the file again.')
  await carryOut(state, sealed, await createWorld(folder, options, context))
  if (options.format === 'human')
    await writeText(
      context.stdout,
      `\nDone. Start it with: stanch run --stage ${state.migration.parts[0]?.stage ?? ''} -- COMMAND\n`,
    )
  return ExitCode.clean
}

async function createWorld(
  folder: MigrationFolder,
  options: MigrateOptions & { vault: string },
  context: Context,
): Promise<CarryOutWorld> {
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
    tell: text => void (options.quiet || context.stderr.write(`${text}\n`)),
  }
}

/** The vault of the first run, whatever is given now. */
function scopeOf(options: MigrateOptions, { migration }: MigrationState): MigrateOptions & { vault: string } {
  const { vault, namespace } = migration
  return { ...options, vault, ...(namespace === undefined ? {} : { namespace }) }
}

/** Who can undo: the identity of the local vault, which is made where there is none. */
async function recipients(directory: string, context: Context): Promise<readonly string[]> {
  const world = { env: context.env, directory, now: context.now }
  return (await provideIdentity(identityPath({}, world), 'migrate', {}, world)).recipients
}

async function readSealed(folder: MigrationFolder, context: Context): Promise<SealedPlan> {
  const world = { env: context.env, directory: context.cwd, now: context.now }
  return unseal(folder.readSealed(), await readIdentities(identityPath({}, world), 'migrate', world))
}

/** Sorts by time, and is told from another one of the same second. */
function newId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${randomBytes(2).toString('hex')}`
}
