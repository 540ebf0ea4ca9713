/** AWS Secrets Manager. */
import type { SecretVersionsListEntry } from '@aws-sdk/client-secrets-manager'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import { checkCondition } from '../check-condition.ts'
import { getEach, outcomeOf } from '../get-each.ts'
import { SecretError } from '../secret-error.ts'
import {
  type ReadOptions,
  StoredSecret,
  type Vault,
  type VaultLimits,
  type VaultWorld,
  type Wanted,
} from '../vault.ts'
import { createSmApi, type SmSelector, type SmValue } from './sm-api.ts'

/** BatchGetSecretValue takes no more. */
const BATCH = 20

/** AWS's reference of CreateSecret and the quotas of the user guide. */
const limits: VaultLimits = {
  name: {
    // A dash and six letters at the end is what AWS itself adds in ARNs.
    pattern: /^(?!.*-[A-Za-z0-9]{6}$)[A-Za-z0-9/_+=.@-]+$/,
    maxLength: 512,
    caseSensitive: true,
    rule: 'letters, digits, "/_+=.@-", not ending in a dash and six letters or digits',
  },
  maxBytes: 65_536,
  emptyAllowed: false,
  batch: BATCH,
  writesPerSecond: 20,
  conditionalPut: { ifAbsent: true, ifVersion: false },
  versions: true,
  readable: true,
}

type Outcome = StoredSecret | SecretError

export async function createSecretsManagerVault(
  settings: VaultSettings,
  store: string,
  world: VaultWorld,
): Promise<Vault> {
  const api = await createSmApi(settings, store, world)
  const vault: Vault = {
    store,
    stage: undefined,
    limits: () => limits,
    address: name => name,
    get: getOne,
    getMany,
    async page({ prefix = '', cursor, signal } = {}) {
      const page = await api.list(prefix, cursor, signal)
      // The filter takes no notice of case, and a deleted entry may be listed for a while.
      const entries = page.entries.flatMap(({ Name, DeletedDate, ...about }) => {
        if (Name === undefined || DeletedDate || !Name.startsWith(prefix)) return []
        const version = currentOf(about.SecretVersionsToStages)
        const updated = about.LastChangedDate
        return [{ name: Name, ...(version && { version }), ...(updated && { updated }) }]
      })
      return { entries, ...(page.cursor && { cursor: page.cursor }) }
    },
    async put(name, secret, { ifAbsent, ifVersion } = {}) {
      await checkCondition(vault, name, { ifVersion })
      const value = secret.reveal()
      const added = ifAbsent ? undefined : await outcomeOf(api.addVersion(name, value))
      if (added instanceof SecretError && added.kind !== 'not-found') throw added
      const version =
        added === undefined || added instanceof SecretError ? await api.create(name, value) : added
      return { name, ...(version && { version }) }
    },
    remove: name => api.remove(name),
    restore: name => api.restore(name),
    async history(name, { signal } = {}) {
      const versions = await api.listVersions(name, signal)
      return versions
        .sort(newestFirst)
        .map(({ VersionId = '', CreatedDate: created, VersionStages: labels = [] }) => ({
          version: VersionId,
          ...(created && { created }),
          current: labels.includes('AWSCURRENT'),
          labels,
        }))
    },
  }
  return vault

  async function getOne(
    name: string,
    { version, signal }: ReadOptions & { version?: string | number | undefined } = {},
  ): Promise<StoredSecret> {
    const found = await outcomeOf(api.getValue(name, selectorOf(version), signal))
    if (!(found instanceof SecretError)) return toSecret(found)
    if (version === undefined || !/^(?:not-found|invalid-name)$/.test(found.kind)) throw found
    // A version that is not there and a secret that is not there are the same error.
    await api.describe(name)
    throw new SecretError('version-not-found', { store, names: [name] })
  }

  async function getMany(wanted: readonly Wanted[], { signal }: ReadOptions = {}) {
    const current = wanted.filter(({ version }) => version === undefined || version === 'current')
    const names = [...new Set(current.map(({ name }) => name))]
    const found = new Map<string, Outcome>()
    for (let at = 0; at < names.length; at += BATCH)
      for (const [name, outcome] of await readBatch(names.slice(at, at + BATCH), signal))
        found.set(name, outcome)
    const versioned = wanted.filter(one => !current.includes(one))
    const others = await getEach(vault, versioned, { signal })
    return wanted.map(one => (current.includes(one) ? found.get(one.name)! : others[versioned.indexOf(one)]!))
  }

  async function readBatch(
    names: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<[string, Outcome][]> {
    const answer = await outcomeOf(api.getValues(names, signal))
    if (answer instanceof SecretError && answer.retryable)
      return names.map(name => [name, new SecretError(answer.kind, { ...answer, names: [name] })])
    // The right to ask for many may be missing where the right to each is there.
    const { values, errors } = answer instanceof SecretError ? { values: [], errors: [] } : answer
    const found = new Map<string | undefined, Outcome>(values.map(value => [value.Name, toOutcome(value)]))
    for (const { SecretId, ErrorCode } of errors)
      if (SecretId && ErrorCode === 'ResourceNotFoundException')
        found.set(SecretId, new SecretError('not-found', { store, names: [SecretId] }))
    // One that is refused for another reason is asked for alone: its error says more.
    const unclear = names.filter(name => !found.has(name))
    const alone = await getEach(
      vault,
      unclear.map(name => ({ name })),
      { signal },
    )
    return names.map(name => [name, found.get(name) ?? alone[unclear.indexOf(name)]!])
  }

  function toSecret(answer: SmValue): StoredSecret {
    const { Name: name = '', VersionId: version, CreatedDate: created } = answer
    const value = answer.SecretString ?? textOf(answer.SecretBinary ?? new Uint8Array(), name)
    return new StoredSecret(value, { name, store, ...(version && { version }), ...(created && { created }) })
  }

  /** One that is binary does not hide the others. */
  function toOutcome(answer: SmValue): Outcome {
    try {
      return toSecret(answer)
    } catch (error) {
      if (error instanceof SecretError) return error
      throw error
    }
  }

  function textOf(bytes: Uint8Array, name: string): string {
    const text = Buffer.from(bytes).toString('utf8')
    if (Buffer.from(text).equals(bytes)) return text
    throw new SecretError('decode', { store, names: [name], reason: 'the value is binary' })
  }
}

function currentOf(stages: Readonly<Record<string, string[]>> | undefined): string | undefined {
  return Object.entries(stages ?? {}).find(([, labels]) => labels.includes('AWSCURRENT'))?.[0]
}

/** Ids are 32 to 64 letters long; everything else is a label. */
function selectorOf(version: string | number | undefined): SmSelector {
  if (version === undefined || version === 'current') return {}
  if (version === 'previous') return { VersionStage: 'AWSPREVIOUS' }
  const text = String(version)
  return /^[A-Za-z0-9-]{32,64}$/.test(text) ? { VersionId: text } : { VersionStage: text }
}

/** Dates may be equal; the labels tell the newest two. */
function newestFirst(a: SecretVersionsListEntry, b: SecretVersionsListEntry): number {
  return rank(b) - rank(a) || (b.CreatedDate?.getTime() ?? 0) - (a.CreatedDate?.getTime() ?? 0)
}

function rank({ VersionStages = [] }: SecretVersionsListEntry): number {
  return VersionStages.includes('AWSCURRENT') ? 2 : VersionStages.includes('AWSPREVIOUS') ? 1 : 0
}
