import type { Context } from '../context.ts'
import { loadSettings } from '../load-settings.ts'
import { findProject } from '../project.ts'
import type { VaultCommandOptions } from './options.ts'

/** The stages of the settings; without any, the one that would be used. */
export async function knownStages({ config }: VaultCommandOptions, { cwd, env }: Context): Promise<string[]> {
  const stages = (await loadSettings(findProject(cwd), { cwd, env, config }))?.settings.stages
  return stages?.names ?? [env.STANCH_STAGE || stages?.default || 'local']
}
