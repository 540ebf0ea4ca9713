import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { print } from '../../dotenv/print.ts'
import { ExitCode, UserError } from '../../errors.ts'
import { type MigrationState, reduceJournal } from '../../migration/journal.ts'
import { identityPath, readIdentities } from '../../vaults/local/identity.ts'
import { provideIdentity } from '../../vaults/local/init-local-vault.ts'
import { confirm } from '../confirm.ts'
import type { Context } from '../context.ts'
import { chooseVault, openChosenVault } from '../open-vault.ts'
import { findProject } from '../project.ts'
import { writeText } from '../write-text.ts'
import { buildPlan, type MigrationPlan } from './build-plan.ts'
import { type CarryOutWorld, carryOut } from './carry-out.ts'
import { findDialects } from './find-dialect.ts'
import { findMigration, listMigrations, type MigrationFolder, openMigration } from './migration-folder.ts'
import type { MigrateOptions } from './options.ts'
import { describePlan, planToJson } from './print-plan.ts'
import { readSource } from './read-source.ts'
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
  for (const file of files) {
    const code = await migrateFile(file, options, context)
    if (code !== ExitCode.clean) return code
  }
  return ExitCode.clean
}

async function migrateFile(file: string, options: MigrateOptions, context: Context): Promise<number> {
  const { root } = findProject(context.cwd)
  const source = readSource(file, findDialects(options.dialect, resolve(context.cwd, file)), context.cwd)
  const stage = options.stage ?? stageOf(file)
  const chosen = { ...options, vault: options.to, ...(stage === undefined ? {} : { stage }) }
  const choice = await chooseVault(chosen, context)
  const vault = await openChosenVault(choice, context)
  const plan = await buildPlan(newId(context.now()), source, { vault, choice }, options, root)
  await writeText(
    context.stdout,
    options.format === 'json' ? `${JSON.stringify(planToJson(plan), null, 2)}\n` : describePlan(plan, root),
  )
  const failed = plan.entries.filter(({ action }) => action === 'fail')
  if (failed.length > 0)
    throw new UserError(
      `${failed.length} of ${plan.entries.length} keys cannot be migrated: ${failed.map(({ key }) => key).join(', ')}`,
      'The plan says why. Nothing was written.',
    )
  if (!options.apply && !(await confirm(`Move ${file} to ${choice.store}?`, context)))
    throw new UserError('nothing was written', 'Run it on a terminal, or with --apply.')
  const folder = openMigration(root, plan.id)
  const sealed = sealedPlan(plan, root, options)
  folder.writeSealed(await seal(sealed, await recipients(choice.directory, context)))
  folder.record(began(plan, root, options, context))
  return finish(
    folder,
    sealed,
    { ...options, vault: options.to ?? choice.store, stage: choice.stage },
    context,
  )
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
  const { file, vault, writes } = state.migration
  const entries = options.keepEntries ? '' : `, and take ${writes.length} entries out of ${vault}`
  await writeText(context.stdout, `Restore ${file}${entries}.\n`)
  if (!options.yes && !(await confirm('Undo it?', context)))
    throw new UserError('nothing was undone', 'Run it on a terminal, or with --yes.')
  const world = await createWorld(folder, scopeOf(options, state), context)
  const sealed = await readSealed(folder, context)
  const remarks = await undoMigration(state, sealed, options.keepEntries ?? false, world)
  await writeText(context.stdout, [`${file} is back.`, ...remarks, ''].join('\n'))
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
            ({ id, status, file, vault, stage }) =>
              `${id}  ${status.padEnd(8)}  ${file} → ${vault} (${stage})\n`,
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
      `\nDone. Start it with: stanch run --stage ${state.migration.stage} -- COMMAND\n`,
    )
  return ExitCode.clean
}

async function createWorld(
  folder: MigrationFolder,
  options: MigrateOptions & { vault: string },
  context: Context,
): Promise<CarryOutWorld> {
  const open = async (vault: string) =>
    openChosenVault(await chooseVault({ ...options, vault }, context), context)
  return {
    root: findProject(context.cwd).root,
    folder,
    vault: await open(options.vault),
    openVault: open,
    now: context.now,
    tell: text => void (options.quiet || context.stderr.write(`${text}\n`)),
  }
}

function sealedPlan(plan: MigrationPlan, root: string, { keepFile }: MigrateOptions): SealedPlan {
  const { source, decided, entries, writes, previous, template, settings, recipes, cleanup } = plan
  const path = resolve(source.file)
  const name = relative(root, path)
  const isLeft = new Set(decided.filter(entry => entry.isLeft).map(({ key }) => key))
  const left =
    isLeft.size === 0
      ? null
      : print(source.tokens.filter(token => token.kind === 'entry' && isLeft.has(token.key))).toString('utf8')
  const wasTracked = cleanup.some(({ what }) => what === 'tracked')
  return {
    file: { path: name, base64: source.bytes.toString('base64'), mode: statSync(path).mode & 0o777 },
    left,
    wasTracked,
    writes,
    stored: decided.flatMap(({ stored }, i) => (stored && entries[i]?.action !== 'skip' ? [stored] : [])),
    previous: writes.flatMap(({ name }) => {
      const value = previous.get(name)
      return value === undefined ? [] : [{ name, value }]
    }),
    variables: decided.filter(entry => !entry.isLeft).map(({ key, value }) => [key, value.reveal()] as const),
    template,
    others: [...(settings ? [settings] : []), ...recipes],
    cleanup: keepFile
      ? []
      : [
          ...(wasTracked ? [{ path: name, how: 'untracked' as const }] : []),
          { path: name, how: left === null ? ('removed' as const) : ('reduced' as const) },
        ],
  }
}

function began(plan: MigrationPlan, root: string, { namespace, to }: MigrateOptions, { now }: Context) {
  const { id, source, choice, writes, template } = plan
  return {
    type: 'began' as const,
    id,
    at: now().toISOString(),
    migration: {
      file: relative(root, resolve(source.file)),
      vault: to ?? choice.store,
      stage: choice.stage,
      ...(namespace === undefined ? {} : { namespace }),
      dialect: source.dialect,
      template: relative(root, template.path),
      writes: writes.map(({ name, action, version }) => ({ name, action, version })),
    },
  }
}

/** The vault and the stage of the first run, whatever is given now. */
function scopeOf(options: MigrateOptions, { migration }: MigrationState): MigrateOptions & { vault: string } {
  const { vault, stage, namespace } = migration
  return { ...options, vault, stage, ...(namespace === undefined ? {} : { namespace }) }
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
