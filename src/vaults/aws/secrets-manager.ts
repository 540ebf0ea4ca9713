/** AWS Secrets Manager. Limits and quotas: AWS's reference of the API and its user guide. */
import type { SecretsManagerClient, SecretVersionsListEntry } from '@aws-sdk/client-secrets-manager'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import { getEach, outcomeOf } from '../get-each.ts'
import { SecretError, type SecretErrorKind } from '../secret-error.ts'
import {
  type ReadOptions,
  StoredSecret,
  type Vault,
  type VaultLimits,
  type VaultWorld,
  type Wanted,
} from '../vault.ts'
import { abortWith, awsClientSettings, loadSdk, makeQuietly } from './aws-client.ts'
import { fromAwsError } from './aws-error.ts'

/** BatchGetSecretValue takes no more. */
const BATCH = 20

interface ReadValue {
  Name?: string | undefined
  SecretString?: string | undefined
  SecretBinary?: Uint8Array | undefined
  VersionId?: string | undefined
  CreatedDate?: Date | undefined
}

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

export async function createSecretsManagerVault(
  settings: VaultSettings,
  store: string,
  world: VaultWorld,
): Promise<Vault> {
  const name = '@aws-sdk/client-secrets-manager'
  const sdk = await loadSdk(name, () => import('@aws-sdk/client-secrets-manager'))
  const client: SecretsManagerClient = makeQuietly(
    () => new sdk.SecretsManagerClient(awsClientSettings(settings, world)),
  )
  const fail = (kind: SecretErrorKind, name: string, reason?: string) =>
    new SecretError(kind, { store, names: [name], reason })
  const attempt = async <T>(names: readonly string[], work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw fromAwsError(error, { store, names })
    }
  }
  const vault: Vault = {
    store,
    stage: undefined,
    limits: () => limits,
    address: name => name,
    get: getOne,
    getMany,
    async page({ prefix = '', cursor, signal } = {}) {
      const page = await attempt([], () =>
        client.send(
          new sdk.ListSecretsCommand({
            MaxResults: 100,
            NextToken: cursor,
            ...(prefix && { Filters: [{ Key: 'name', Values: [prefix] }] }),
          }),
          abortWith(signal),
        ),
      )
      // The filter takes no notice of case, and a deleted entry may be listed for a while.
      const entries = (page.SecretList ?? []).flatMap(({ Name, DeletedDate, ...about }) => {
        if (Name === undefined || DeletedDate || !Name.startsWith(prefix)) return []
        const version = currentOf(about.SecretVersionsToStages)
        const updated = about.LastChangedDate
        return [{ name: Name, ...(version && { version }), ...(updated && { updated }) }]
      })
      return { entries, ...(page.NextToken && { cursor: page.NextToken }) }
    },
    async put(name, value, { ifAbsent, ifVersion } = {}) {
      if (ifVersion !== undefined) await demandVersion(name, ifVersion)
      if (ifAbsent) return create(name, value.reveal())
      const outcome = await outcomeOf(addVersion(name, value.reveal()))
      if (!(outcome instanceof SecretError)) return outcome
      if (outcome.kind !== 'not-found') throw outcome
      return create(name, value.reveal())
    },
    remove: name =>
      attempt([name], async () => {
        await client.send(
          new sdk.DeleteSecretCommand({ SecretId: name, RecoveryWindowInDays: settings.recoveryDays ?? 30 }),
        )
      }),
    async history(name, { signal } = {}) {
      const versions: SecretVersionsListEntry[] = []
      let token: string | undefined
      do {
        const page = await attempt([name], () =>
          client.send(
            new sdk.ListSecretVersionIdsCommand({
              SecretId: name,
              MaxResults: 100,
              NextToken: token,
              IncludeDeprecated: true,
            }),
            abortWith(signal),
          ),
        )
        versions.push(...(page.Versions ?? []))
        token = page.NextToken
      } while (token)
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
    try {
      const answer = await attempt([name], () =>
        client.send(
          new sdk.GetSecretValueCommand({ SecretId: name, ...selectorOf(version) }),
          abortWith(signal),
        ),
      )
      return toSecret({ ...answer, Name: name })
    } catch (error) {
      // A version that is not there and a secret that is not there are the same error.
      if (
        version === undefined ||
        !(error instanceof SecretError) ||
        !/^(?:not-found|invalid-name)$/.test(error.kind)
      )
        throw error
      await attempt([name], () => client.send(new sdk.DescribeSecretCommand({ SecretId: name })))
      throw fail('version-not-found', name)
    }
  }

  async function getMany(wanted: readonly Wanted[], { signal }: ReadOptions = {}) {
    const found = new Map<string, StoredSecret | SecretError>()
    const current = wanted.filter(({ version }) => version === undefined || version === 'current')
    const names = [...new Set(current.map(({ name }) => name))]
    for (let at = 0; at < names.length; at += BATCH)
      for (const [name, outcome] of await readBatch(names.slice(at, at + BATCH), signal))
        found.set(name, outcome)
    const versioned = wanted.filter(one => !current.includes(one))
    const others = await getEach(vault, versioned, { signal })
    return wanted.map(one => (current.includes(one) ? found.get(one.name)! : others[versioned.indexOf(one)]!))
  }

  async function readBatch(names: readonly string[], signal?: AbortSignal) {
    const answer = await outcomeOf(
      attempt(names, () =>
        client.send(new sdk.BatchGetSecretValueCommand({ SecretIdList: [...names] }), abortWith(signal)),
      ),
    )
    // The right to ask for many may be missing where the right to each is there.
    if (answer instanceof SecretError)
      return answer.retryable
        ? names.map(name => [name, new SecretError(answer.kind, { ...answer, names: [name] })] as const)
        : pair(
            names,
            await getEach(
              vault,
              names.map(name => ({ name })),
              { signal },
            ),
          )
    const found = new Map(answer.SecretValues?.map(value => [value.Name, value]))
    const missing = names.filter(name => !found.has(name))
    const errors = new Map(answer.Errors?.map(({ SecretId, ErrorCode }) => [SecretId, ErrorCode]))
    // One that is neither given nor refused for being absent is asked for alone: its error says more.
    const unclear = missing.filter(name => errors.get(name) !== 'ResourceNotFoundException')
    const alone = new Map(
      pair(
        unclear,
        await getEach(
          vault,
          unclear.map(name => ({ name })),
          { signal },
        ),
      ),
    )
    return names.map(name => {
      const value = found.get(name)
      return [name, value ? toSecret(value) : (alone.get(name) ?? fail('not-found', name))] as const
    })
  }

  async function create(name: string, value: string) {
    const { VersionId: version } = await attempt([name], () =>
      client.send(new sdk.CreateSecretCommand({ Name: name, SecretString: value, KmsKeyId: settings.keyId })),
    )
    return { name, ...(version && { version }) }
  }

  async function addVersion(name: string, value: string) {
    const { VersionId: version } = await attempt([name], () =>
      client.send(new sdk.PutSecretValueCommand({ SecretId: name, SecretString: value })),
    )
    return { name, ...(version && { version }) }
  }

  /** Not decided by the store itself: somebody may write between this and the write. */
  async function demandVersion(name: string, wanted: string): Promise<void> {
    const about = await attempt([name], () => client.send(new sdk.DescribeSecretCommand({ SecretId: name })))
    if (currentOf(about.VersionIdsToStages) !== wanted) throw fail('conflict', name)
  }

  function toSecret(answer: ReadValue): StoredSecret {
    const { Name: name = '', VersionId: version, CreatedDate: created } = answer
    const value = answer.SecretString ?? textOf(answer.SecretBinary ?? new Uint8Array(), name)
    return new StoredSecret(value, { name, store, ...(version && { version }), ...(created && { created }) })
  }

  function textOf(bytes: Uint8Array, name: string): string {
    const text = Buffer.from(bytes).toString('utf8')
    if (!Buffer.from(text).equals(bytes)) throw fail('decode', name, 'the value is binary')
    return text
  }
}

function pair<T>(names: readonly string[], outcomes: readonly T[]): [string, T][] {
  return names.map((name, index) => [name, outcomes[index]!])
}

function currentOf(stages: Readonly<Record<string, string[]>> | undefined): string | undefined {
  return Object.entries(stages ?? {}).find(([, labels]) => labels.includes('AWSCURRENT'))?.[0]
}

/** Ids are 32 to 64 letters long; everything else is a label. */
function selectorOf(version: string | number | undefined): { VersionId?: string; VersionStage?: string } {
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
