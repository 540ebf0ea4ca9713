import { resolve } from 'node:path'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { loadSettings } from '../load-settings.ts'
import { chooseVault, openChosenVault } from '../open-vault.ts'
import { findProject } from '../project.ts'
import { buildPlan, type MigrationPlan } from './build-plan.ts'
import { findDialects } from './find-dialect.ts'
import type { MigrateOptions } from './options.ts'
import { readSource } from './read-source.ts'
import { stageOf } from './stage-of.ts'

/**
 * What a migration of these files will do; nothing is written.
 * @throws UserError, among others for two files of one stage
 */
export async function planFiles(
  id: string,
  files: readonly string[],
  options: MigrateOptions,
  context: Context,
): Promise<MigrationPlan[]> {
  const { root } = findProject(context.cwd)
  const { cwd, env } = context
  const loaded = await loadSettings({ root }, { cwd, env, config: options.config })
  const usualRecipes = loaded?.settings.migrate.recipes ?? []
  const plans: MigrationPlan[] = []
  for (const file of files) plans.push(await planFile(id, file, { ...options, usualRecipes }, context))
  refuseSharedStages(plans)
  return plans
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
  return buildPlan(id, source, { vault, choice }, options, { root, env: context.env })
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

/** @throws UserError where a key cannot be migrated */
export function refuseFailures(plans: readonly MigrationPlan[]): void {
  const entries = plans.flatMap(plan => plan.entries)
  const failed = entries.filter(({ action }) => action === 'fail')
  if (failed.length > 0)
    throw new UserError(
      `${failed.length} of ${entries.length} keys cannot be migrated: ${failed.map(({ key }) => key).join(', ')}`,
      'The plan says why. Nothing was written.',
    )
}
