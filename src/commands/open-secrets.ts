import { Secret } from '../model.ts'
import type { VaultSettings } from '../settings/settings-schema.ts'
import { createSecrets, type Secrets } from '../vaults/secrets.ts'
import type { Vault } from '../vaults/vault.ts'
import { type AuditEvent, withAudit } from '../vaults/wrappers/audit.ts'
import { withCache } from '../vaults/wrappers/cache.ts'
import { withFallback } from '../vaults/wrappers/fallback.ts'
import { readOnly } from '../vaults/wrappers/read-only.ts'
import { chooseVault, openChosenVault, openVault, type VaultContext } from './open-vault.ts'

export interface OpenSecretsOptions {
  /**
   * A name from `[vaults.*]`, a kind with an optional prefix (`ssm:/team/app`), or settings as they would stand there;
   * `entries` are what a `memory` vault begins with. Default as for the commands.
   */
  vault?: string | (VaultSettings & { entries?: Readonly<Record<string, string>> })
  stage?: string
  namespace?: string
  /** Keeps values in memory for so long. */
  cache?: { ttlSeconds: number; missingTtlSeconds?: number; staleIfErrorSeconds?: number }
  /** Vaults that are asked, in this order, for what the first one does not have. */
  fallback?: readonly string[]
  readOnly?: boolean
  /** Is told of every access, with names and versions and without values. */
  audit?: (event: AuditEvent) => void
  /** What a relative path counts from; default is the process's own directory. */
  cwd?: string
}

/**
 * Opens a vault for a program. Nothing is read before it is asked for.
 * @throws UserError for a vault or a stage that is not known
 */
export async function openSecrets(options: OpenSecretsOptions = {}): Promise<Secrets> {
  const context: VaultContext = { cwd: options.cwd ?? process.cwd(), env: process.env, now: () => new Date() }
  const { fallback = [], cache, audit } = options
  const first = await openFirst(options, context)
  const others = await Promise.all(fallback.map(vault => openVault({ ...scopeOf(options), vault }, context)))
  const chained = others.length > 0 ? withFallback(first, others) : first
  const audited = audit ? withAudit(chained, audit, context.now) : chained
  const cached = cache
    ? withCache(audited, {
        ttlMs: cache.ttlSeconds * 1000,
        missingTtlMs: (cache.missingTtlSeconds ?? 0) * 1000,
        staleIfErrorMs: (cache.staleIfErrorSeconds ?? 0) * 1000,
        nowMs: () => performance.now(),
      })
    : audited
  return createSecrets(options.readOnly ? readOnly(cached) : cached)
}

function scopeOf({ stage, namespace }: OpenSecretsOptions) {
  return { stage, namespace }
}

async function openFirst({ vault, ...options }: OpenSecretsOptions, context: VaultContext): Promise<Vault> {
  if (typeof vault !== 'object') return openVault({ ...scopeOf(options), vault }, context)
  const { entries = {}, ...settings } = vault
  const choice = await chooseVault({ ...scopeOf(options), vault: settings.type }, context)
  const namespace = options.namespace ?? settings.namespace ?? choice.namespace
  const opened = await openChosenVault({ ...choice, settings, namespace }, context)
  for (const [name, value] of Object.entries(entries)) await opened.put?.(name, new Secret(value))
  return opened
}
