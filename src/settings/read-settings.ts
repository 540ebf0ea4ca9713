import { readToml } from './read-toml.ts'
import { type Settings, settingsSchema } from './settings-schema.ts'

/**
 * @param name how the file is called in errors
 * @throws UserError that names the file, the place and the nearest known name
 */
export function readSettings(name: string, text: string): Settings {
  return readToml(name, text, settingsSchema, 'docs/settings.md')
}
