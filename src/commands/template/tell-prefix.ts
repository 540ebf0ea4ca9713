import type { Context } from '../context.ts'
import type { VaultChoice } from '../open-vault.ts'
import type { TemplateOptions } from './options.ts'

/** `{ssm}` in a template cannot say the prefix of `--vault ssm:/shop`; the settings can. */
export function tellPrefix(
  { vault = '', quiet }: TemplateOptions,
  { store, type }: VaultChoice,
  { stderr }: Context,
): void {
  const prefix = vault.slice(vault.indexOf(':') + 1)
  if (quiet || !vault.includes(':') || prefix === '') return
  stderr.write(
    `stanch: {${store}} says nothing of "${prefix}"; write it into .stanch.toml, as docs/settings.md says:\n  [vaults.${store}]\n  type = "${type}"\n`,
  )
}
