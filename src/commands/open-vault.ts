import { UserError } from '../errors.ts'
import { nearest } from '../settings/nearest.ts'
import type { Settings, VaultSettings } from '../settings/settings-schema.ts'
import { type StoreType, storeTypes } from '../vaults/index.ts'
import { openStore } from '../vaults/open-store.ts'
import type { Vault, VaultWorld } from '../vaults/vault.ts'
import { withFallback } from '../vaults/wrappers/fallback.ts'
import { passphraseAsker } from './ask-passphrase.ts'
import type { Context } from './context.ts'
import { loadSettings } from './load-settings.ts'
import { findProject } from './project.ts'

/** What `--vault`, `--stage` and `--namespace` say. */
export interface VaultOptions {
  /** A configured name, or a type with an optional prefix: `ssm:/team/app`. */
  vault?: string | undefined
  stage?: string | undefined
  namespace?: string | undefined
  config?: string | undefined
}

/** Which store is meant, before it is opened. */
export interface VaultChoice {
  /** As its user calls it. */
  store: string
  type: keyof typeof storeTypes
  settings: VaultSettings
  namespace: string | undefined
  stage: string
  /** What relative paths in the settings count from. */
  directory: string
  /** The vaults that its settings name to be asked next; theirs are not followed. */
  fallback: readonly Pick<VaultChoice, 'store' | 'type' | 'settings'>[]
}

/** A program that has no terminal leaves out the streams: nobody is asked for a passphrase then. */
export type VaultContext = Pick<Context, 'cwd' | 'env' | 'now'> & Partial<Pick<Context, 'stdin' | 'stderr'>>

/** `--vault`, else STANCH_VAULT, else what the settings name, else `local`. Opens it; nothing is asked of it yet. */
export async function openVault(options: VaultOptions, context: VaultContext): Promise<Vault> {
  return openChosenVault(await chooseVault(options, context), context)
}

export async function openChosenVault(
  choice: VaultChoice,
  { env, now, stdin, stderr }: VaultContext,
): Promise<Vault> {
  const { settings, directory } = choice
  const type: StoreType = storeTypes[choice.type]
  const ask = stdin && stderr && passphraseAsker({ stdin, stderr })
  const world = { env, now, directory, ...(ask && { askPassphrase: ask }) }
  const vault = await openStore(type, settings, choice, world)
  return choice.fallback.length === 0 ? vault : withFallback(vault, await openFallback(choice, world))
}

function openFallback(choice: VaultChoice, world: VaultWorld): Promise<Vault[]> {
  return Promise.all(
    choice.fallback.map(({ store, type, settings }) =>
      openStore(
        storeTypes[type],
        settings,
        { ...choice, store, namespace: settings.namespace ?? choice.namespace },
        world,
      ),
    ),
  )
}

/** @throws UserError for a vault or stage that is not known */
export async function chooseVault(
  options: VaultOptions,
  { cwd, env }: Pick<Context, 'cwd' | 'env'>,
): Promise<VaultChoice> {
  const loaded = await loadSettings(findProject(cwd), { cwd, env, config: options.config })
  const settings = loaded?.settings
  const named = options.vault ?? (env.STANCH_VAULT || undefined) ?? settings?.migrate.vault ?? 'local'
  const { type, store, ...found } = resolveVault(named, settings?.vaults ?? {})
  return {
    store,
    type,
    settings: found.settings,
    namespace: options.namespace ?? found.settings.namespace ?? settings?.migrate.namespace,
    stage: chooseStage(options.stage, settings?.stages ?? {}, env),
    directory: loaded?.directory ?? findProject(cwd).root,
    fallback: (found.settings.fallback ?? []).map(name => resolveVault(name, settings?.vaults ?? {})),
  }
}

/** A configured name wins over a type of the same name; a prefix is added to either. */
function resolveVault(
  named: string,
  vaults: Settings['vaults'],
): { store: string; type: VaultChoice['type']; settings: VaultSettings } {
  const colon = named.indexOf(':')
  const [name, argument] = colon < 0 ? [named, ''] : [named.slice(0, colon), named.slice(colon + 1)]
  const configured = Object.hasOwn(vaults, name) ? vaults[name] : undefined
  const type = configured?.type ?? name
  if (!isStoreType(type)) throw unknownVault(name, vaults)
  const { argument: read }: StoreType = storeTypes[type]
  if (argument !== '' && !read)
    throw new UserError(`"${named}": ${name} takes nothing behind the colon`, `Write --vault ${name}.`)
  return {
    store: name,
    type,
    settings: { type, ...configured, ...(argument === '' ? {} : read?.(argument)) },
  }
}

function unknownVault(name: string, vaults: Settings['vaults']): UserError {
  const known = [...Object.keys(vaults), ...Object.keys(storeTypes)]
  const near = nearest(name, known)
  return new UserError(
    `there is no vault "${name}"`,
    near ? `Did you mean ${near}?` : `Known are ${[...new Set(known)].join(', ')}; see docs/vaults.md.`,
  )
}

function isStoreType(name: string): name is VaultChoice['type'] {
  return Object.hasOwn(storeTypes, name)
}

function chooseStage(given: string | undefined, stages: Settings['stages'], env: NodeJS.ProcessEnv): string {
  const stage = given ?? (env.STANCH_STAGE || undefined) ?? stages.default ?? 'local'
  const { names } = stages
  if (!names || names.includes(stage)) return stage
  const near = nearest(stage, names)
  throw new UserError(
    `there is no stage "${stage}"`,
    near ? `Did you mean ${near}?` : `The settings know ${names.join(', ')}; see [stages] in .stanch.toml.`,
  )
}
