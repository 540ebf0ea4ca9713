import { LockTimeout, withFileLock } from '../../system/file-lock.ts'
import { createMemoryVault, type MemoryVault } from '../memory.ts'
import { SecretError } from '../secret-error.ts'
import type { Vault, VaultLimits, VaultWorld } from '../vault.ts'
import { identityPath, type LocalSettings, readIdentities, vaultPath } from './identity.ts'
import {
  demandVaultFile,
  noVaultFile,
  readVaultFile,
  type VaultContent,
  writeVaultFile,
} from './vault-file.ts'

/** Older versions are forgotten. */
const KEPT_VERSIONS = 100

const limits: VaultLimits = {
  name: {
    pattern: /^[^\p{C}\s]+$/u,
    maxLength: 1024,
    caseSensitive: true,
    rule: 'no blanks and no control characters',
  },
  // The whole vault is read and written at once.
  maxBytes: 1024 * 1024,
  emptyAllowed: true,
  batch: Number.POSITIVE_INFINITY,
  conditionalPut: { ifAbsent: true, ifVersion: true },
  versions: true,
  readable: true,
}

/** An age file. Reading takes no lock: the file is always whole. Writing does, over reading, changing and writing. */
export function createLocalVault(settings: LocalSettings, store: string, world: VaultWorld): Vault {
  const path = vaultPath(settings, world)
  let identities: Promise<string[]> | undefined
  const read = async () => {
    demandVaultFile(path, store)
    identities ??= readIdentities(identityPath(settings, world), store, world).catch(error => {
      identities = undefined
      throw error
    })
    return readVaultFile(path, await identities, store)
  }

  /** What memory does is done to what the file held a moment ago. */
  const looking = async <T>(look: (vault: MemoryVault) => Promise<T>): Promise<T> => look(over(await read()))
  const changing = async <T>(name: string, change: (vault: MemoryVault) => Promise<T>): Promise<T> => {
    checkName(name)
    return locked(async () => {
      const content = await read()
      const result = await change(over(content))
      const recipients = await chooseRecipients(content)
      await writeVaultFile(path, { recipients, entries: forgetOldest(content.entries) })
      return result
    })
  }
  const over = (content: VaultContent) =>
    createMemoryVault({ store, entries: content.entries, pageSize: Number.POSITIVE_INFINITY }, world)

  return {
    store,
    stage: undefined,
    limits: () => limits,
    address: name => name,
    get: (name, options) => looking(vault => vault.get(name, options)),
    getMany: wanted => looking(vault => vault.getMany(wanted)),
    page: options => looking(vault => vault.page(options)),
    valuePage: options => looking(vault => vault.valuePage(options)),
    history: name => looking(vault => vault.history(name)),
    put: (name, value, options) => changing(name, vault => vault.put(name, value, options)),
    remove: name => changing(name, vault => vault.remove(name)),
  }

  /** Those of the settings count where they name any, so that one can also be taken out; who writes stays in. */
  async function chooseRecipients(content: VaultContent): Promise<readonly string[]> {
    if (!settings.recipients) return content.recipients
    const { identityToRecipient } = await import('age-encryption')
    const own = await Promise.all((await identities!).map(identityToRecipient))
    return [...new Set([...own, ...settings.recipients])]
  }

  function checkName(name: string): void {
    if (!limits.name.pattern.test(name) || name.length > limits.name.maxLength)
      throw new SecretError('invalid-name', { store, names: [name], reason: limits.name.rule })
  }

  async function locked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await withFileLock(`${path}.lock`, work)
    } catch (error) {
      throw whyNotLocked(error, path, store)
    }
  }
}

function forgetOldest(entries: VaultContent['entries']): VaultContent['entries'] {
  return new Map([...entries].map(([name, versions]) => [name, versions.slice(-KEPT_VERSIONS)]))
}

function whyNotLocked(error: unknown, path: string, store: string): unknown {
  if (error instanceof LockTimeout)
    return new SecretError('unavailable', {
      store,
      reason: 'another process holds the lock',
      hint: `If none does, remove "${path}.lock".`,
    })
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'ENOENT') return noVaultFile(path, store)
  return new SecretError('access-denied', {
    store,
    reason: `"${path}" cannot be written`,
    hint: 'Check who owns the file and its folder.',
  })
}
