import { dirname, join, relative, resolve } from 'node:path'
import { UserError } from '../errors.ts'
import type { Settings } from '../settings/settings-schema.ts'
import type { Project } from './project.ts'
import { readIfThere } from './read-if-there.ts'

/** The settings in force, with the file they stand in. */
export interface LoadedSettings {
  settings: Settings
  /** Directory that the paths in it count from. */
  directory: string
  /** As people know it: from the current directory. */
  name: string
}

export interface SettingsSource {
  cwd: string
  env: NodeJS.ProcessEnv
  /** `--config` */
  config?: string | undefined
}

export const SETTINGS_FILE = '.stanch.toml'

/**
 * `--config`, else `STANCH_CONFIG`, else `.stanch.toml` in the current directory or above it up to the project's root.
 * Only the current project is asked: a scanned tree brings no settings. The parser is loaded only when there are any.
 * @throws UserError for a file that is not there or wrong
 */
export async function loadSettings(
  { root }: Project,
  { cwd, env, config = env.STANCH_CONFIG || undefined }: SettingsSource,
): Promise<LoadedSettings | undefined> {
  const found = config === undefined ? findUpwards(cwd, root) : readNamed(resolve(cwd, config), config)
  if (!found) return undefined
  const name = config ?? (relative(cwd, found.path) || SETTINGS_FILE)
  const { readSettings } = await import('../settings/read-settings.ts')
  return { settings: readSettings(name, found.text), directory: dirname(found.path), name }
}

function findUpwards(cwd: string, root: string): { path: string; text: string } | undefined {
  for (let directory = cwd; ; directory = dirname(directory)) {
    const path = join(directory, SETTINGS_FILE)
    const text = readIfThere(path)
    if (text !== undefined) return { path, text }
    if (directory === root || directory === dirname(directory)) return undefined
  }
}

function readNamed(path: string, shownAs: string): { path: string; text: string } {
  const text = readIfThere(path)
  if (text === undefined)
    throw new UserError(
      `cannot read the settings "${shownAs}": no such file`,
      'Check --config and STANCH_CONFIG.',
    )
  return { path, text }
}
