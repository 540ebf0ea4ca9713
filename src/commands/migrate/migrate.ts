import { ExitCode, UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import { begin, finish } from './finish-migration.ts'
import { guide, isGuided } from './guide.ts'
import { newId } from './new-id.ts'
import type { MigrateOptions } from './options.ts'
import { resume, showList, undo } from './past-migrations.ts'
import { planFiles, refuseFailures } from './plan-files.ts'
import { adviseRotation, describeEnd, describePlan, planToJson, tellEntries } from './print-plan.ts'

export async function migrate(
  files: readonly string[],
  options: MigrateOptions,
  context: Context,
): Promise<number> {
  if (options.list) return showList(options, context)
  if (options.resume !== undefined) return resume(options.resume, options, context)
  if (options.undo !== undefined) return undo(options.undo, options, context)
  if (isGuided(options, context)) return guide([...new Set(files)], options, context)
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
  const [first, ...others] = await planFiles(newId(context.now()), files, options, context)
  if (!first) return ExitCode.clean
  const plans = [first, ...others] as const
  const shown = plans.map(planToJson)
  await writeText(
    context.stdout,
    options.format === 'json'
      ? `${JSON.stringify(shown.length === 1 ? shown[0] : shown, null, 2)}\n`
      : plans.map(describePlan).join('\n'),
  )
  refuseFailures(plans)
  if (!options.apply) throw new UserError('nothing was written', 'Run it on a terminal, or with --apply.')
  const begun = await begin(plans, options, context)
  const vault = options.to ?? first.choice.store
  await finish(begun, { ...options, vault }, context, tellEntries(options, context))
  if (options.format === 'human')
    await writeText(context.stdout, `${describeEnd(begun.sealed)}${adviseRotation(begun.rotation)}`)
  return ExitCode.clean
}
