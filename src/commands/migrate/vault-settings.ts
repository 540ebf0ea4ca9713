import { join } from 'node:path'
import { stringify } from 'smol-toml'
import { SETTINGS_FILE } from '../load-settings.ts'
import type { VaultChoice } from '../open-vault.ts'
import { readIfThere } from '../read-if-there.ts'
import { type FileChange, planTextFile } from './text-file.ts'

/** Makes the settings name the vault, so that `{ssm}` in the template finds the same entries; undefined where they do. */
export function addVaultSettings(root: string, choice: VaultChoice): FileChange | undefined {
  const path = join(root, SETTINGS_FILE)
  const before = readIfThere(path) ?? ''
  const namespace = choice.namespace === undefined ? {} : { namespace: choice.namespace }
  const wanted = { ...choice.settings, ...namespace }
  // A store's type alone needs no settings.
  if (Object.keys(wanted).length === 1 && choice.store === choice.type) return undefined
  if (new RegExp(`^\\s*\\[vaults\\.["']?${choice.store}["']?\\]`, 'm').test(before)) return undefined
  const added = stringify({ vaults: { [choice.store]: wanted } })
  const gap = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n'
  return planTextFile(root, SETTINGS_FILE, `${before}${gap}${added}${added.endsWith('\n') ? '' : '\n'}`)
}
