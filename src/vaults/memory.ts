import type { Secret } from '../model.ts'
import { getEach } from './get-each.ts'
import { SecretError, type SecretErrorKind } from './secret-error.ts'
import { type PutOptions, StoredSecret, type Vault, type VaultLimits, type VaultWorld } from './vault.ts'

export interface MemoryOptions {
  store?: string | undefined
  /** Shared between vaults that are to see the same entries. */
  entries?: Map<string, MemoryVersion[]>
  /** Entries a page. */
  pageSize?: number
}

/** A version of an entry; the last of its list is the current one. */
export interface MemoryVersion {
  value: string
  version: number
  created: Date
}

const limits: VaultLimits = {
  name: { pattern: /./s, maxLength: Number.POSITIVE_INFINITY, caseSensitive: true, rule: 'not empty' },
  maxBytes: Number.POSITIVE_INFINITY,
  emptyAllowed: true,
  batch: Number.POSITIVE_INFINITY,
  conditionalPut: { ifAbsent: true, ifVersion: true },
  versions: true,
  readable: true,
}

/** What is removed is gone at once. */
export type MemoryVault = Required<Omit<Vault, 'restore'>>

/** A vault that lives as long as the process: for tests, and the measure of what others do. */
export function createMemoryVault(options: MemoryOptions, world: Pick<VaultWorld, 'now'>): MemoryVault {
  const { store = 'memory', entries = new Map<string, MemoryVersion[]>(), pageSize = 100 } = options
  const fail = (kind: SecretErrorKind, name: string) => new SecretError(kind, { store, names: [name] })
  const vault: MemoryVault = {
    store,
    stage: undefined,
    limits: () => limits,
    address: (name: string) => name,
    async get(name, { version } = {}) {
      const found = pickVersion(versionsOf(name), version)
      if (!found) throw fail('version-not-found', name)
      return new StoredSecret(found.value, {
        name,
        store,
        version: String(found.version),
        created: found.created,
      })
    },
    getMany: (wanted, read) => getEach(vault, wanted, read),
    async page({ prefix = '', cursor } = {}) {
      const names = [...entries.keys()].filter(name => name.startsWith(prefix)).sort()
      const rest = cursor === undefined ? names : names.filter(name => name > cursor)
      const shown = rest.slice(0, pageSize)
      const last = shown.at(-1)
      return {
        entries: shown.map(name => describe(name, versionsOf(name))),
        ...(rest.length > shown.length && last !== undefined ? { cursor: last } : {}),
      }
    },
    async valuePage(options) {
      const { entries: shown, ...rest } = await vault.page(options)
      return { ...rest, secrets: await Promise.all(shown.map(({ name }) => vault.get(name))) }
    },
    async put(name: string, value: Secret, { ifAbsent, ifVersion }: PutOptions = {}) {
      const known = entries.get(name)
      if (ifAbsent && known) throw fail('already-exists', name)
      const current = known?.at(-1)?.version ?? 0
      if (ifVersion !== undefined && String(current) !== ifVersion) throw fail('conflict', name)
      const versions = [
        ...(known ?? []),
        { value: value.reveal(), version: current + 1, created: world.now() },
      ]
      entries.set(name, versions)
      return describe(name, versions)
    },
    async remove(name) {
      if (!entries.delete(name)) throw fail('not-found', name)
    },
    async history(name) {
      const versions = versionsOf(name)
      return versions
        .map((known, index) => ({
          version: String(known.version),
          created: known.created,
          current: index === versions.length - 1,
          labels: [],
        }))
        .reverse()
    },
  }
  return vault

  function versionsOf(name: string): MemoryVersion[] {
    const versions = entries.get(name)
    if (!versions) throw fail('not-found', name)
    return versions
  }
}

/** `current` and `previous` besides numbers. `versions` is oldest first. */
export function pickVersion<T extends { version: number }>(
  versions: readonly T[],
  wanted: string | number | undefined,
): T | undefined {
  if (wanted === undefined || wanted === 'current') return versions.at(-1)
  if (wanted === 'previous') return versions.at(-2)
  return versions.find(({ version }) => String(version) === String(wanted))
}

function describe(name: string, versions: readonly MemoryVersion[]) {
  const current = versions.at(-1)
  return current ? { name, version: String(current.version), updated: current.created } : { name }
}
