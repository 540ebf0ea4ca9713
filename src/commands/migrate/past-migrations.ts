import { ExitCode, UserError } from '../../errors.ts'
import { confirm } from '../confirm.ts'
import type { Context } from '../context.ts'
import { findProject } from '../project.ts'
import { writeText } from '../write-text.ts'
import { alone, createWorld, finish, readSealed, scopeOf } from './finish-migration.ts'
import { findMigration, listMigrations, openMigration } from './migration-folder.ts'
import type { MigrateOptions } from './options.ts'
import { describeEnd, tellEntries } from './print-plan.ts'
import { undoMigration } from './undo-migration.ts'

export async function resume(id: string | true, options: MigrateOptions, context: Context): Promise<number> {
  const { root } = findProject(context.cwd)
  const state = findMigration(root, id, ({ status }) => status !== 'undone', 'not undone')
  if (state.status === 'finished') {
    await writeText(context.stdout, `Nothing is left to do: migration ${state.id} is finished.\n`)
    return ExitCode.clean
  }
  if (state.status === 'undoing')
    throw new UserError(`migration ${state.id} is being undone`, 'Run "stanch migrate --undo" to the end.')
  const folder = openMigration(root, state.id)
  const sealed = await readSealed(folder, context)
  await finish({ folder, sealed }, scopeOf(options, state), context, tellEntries(options, context))
  if (options.format === 'human') await writeText(context.stdout, describeEnd(sealed))
  return ExitCode.clean
}

export async function undo(id: string | true, options: MigrateOptions, context: Context): Promise<number> {
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
  const world = createWorld(folder, scopeOf(options, state), context, () => {})
  const sealed = await readSealed(folder, context)
  const remarks = await alone(folder, () =>
    undoMigration(folder.read() ?? state, sealed, options.keepEntries ?? false, world),
  )
  await writeText(
    context.stdout,
    [`${names} ${parts.length === 1 ? 'is' : 'are'} back.`, ...remarks, ''].join('\n'),
  )
  return ExitCode.clean
}

export async function showList({ format }: MigrateOptions, context: Context): Promise<number> {
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
