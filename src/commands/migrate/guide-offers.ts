import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { isCopyName, isEnvName, isTemplateName } from '../../hygiene/file-names.ts'
import type { Offer } from '../../tui/migrate-state.ts'
import type { Context } from '../context.ts'
import { loadSettings } from '../load-settings.ts'
import { findProject } from '../project.ts'
import type { MigrateOptions } from './options.ts'

/** What of the directory can be migrated. */
export function offerFiles(cwd: string): Offer[] {
  return readdirSync(cwd, { withFileTypes: true })
    .filter(
      entry =>
        entry.isFile() && isEnvName(entry.name) && !isTemplateName(entry.name) && !isCopyName(entry.name),
    )
    .map(({ name }) => ({ value: name, about: '' }))
}

/** Those of the settings first, then every kind that can be written and read back. */
export async function offerVaults(options: MigrateOptions, { cwd, env }: Context): Promise<Offer[]> {
  const project = findProject(cwd)
  const loaded = await loadSettings(project, { cwd, env, config: options.config })
  const configured = Object.entries(loaded?.settings.vaults ?? {}).map(([value, { type }]) => ({
    value,
    about: `${type}, as ${loaded?.name} has it`,
  }))
  const known = new Set(configured.map(({ value }) => value))
  const app = basename(project.root)
  return [...configured, ...kinds(app).filter(({ value }) => !known.has(value))]
}

function kinds(app: string): Offer[] {
  return [
    { value: 'local', about: 'an age-encrypted file on this machine' },
    { value: 'ssm', about: 'AWS Parameter Store', argument: `/${app}` },
    { value: 'secretsmanager', about: 'AWS Secrets Manager', argument: app },
    { value: 'vault', about: 'HashiCorp Vault, OpenBao', argument: `secret/${app}` },
    { value: 'gcp', about: 'Google Secret Manager: project', argument: '' },
    { value: 'azure', about: 'Azure Key Vault: name', argument: '' },
    { value: 'doppler', about: 'Doppler: project', argument: app },
    { value: 'infisical', about: 'Infisical: id of the project', argument: '' },
    { value: 'onepassword', about: '1Password: vault', argument: '' },
    { value: 'kubernetes', about: 'a Kubernetes Secret: namespace/name', argument: app },
  ]
}
