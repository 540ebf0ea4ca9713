/** AWS Systems Manager Parameter Store. Limits and quotas: AWS's reference of the API and its general reference. */
import type { ParameterHistory, SSMClient } from '@aws-sdk/client-ssm'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import { getEach, outcomeOf } from '../get-each.ts'
import { SecretError } from '../secret-error.ts'
import {
  type PageOptions,
  StoredSecret,
  type Vault,
  type VaultLimits,
  type VaultWorld,
  type Wanted,
} from '../vault.ts'
import { abortWith, awsClientSettings, loadSdk, makeQuietly } from './aws-client.ts'
import { fromAwsError } from './aws-error.ts'

/** GetParameters and GetParametersByPath take or give no more. */
const BATCH = 10

interface SsmParameter {
  Name?: string | undefined
  Value?: string | undefined
  Version?: number | undefined
  LastModifiedDate?: Date | undefined
}

interface SsmPage {
  parameters: SsmParameter[]
  cursor: string | undefined
}

function limitsOf({ tier }: VaultSettings): VaultLimits {
  return {
    name: {
      pattern: /^(?!\/?(?:aws|ssm))(?:[\w.-]+|(?:\/[\w.-]+){1,15})$/i,
      // 1011 with the ARN in front of it.
      maxLength: 950,
      caseSensitive: true,
      rule: 'letters, digits, "_.-" in at most 15 levels, the first one not beginning with aws or ssm',
    },
    maxBytes: tier === 'Advanced' || tier === 'Intelligent-Tiering' ? 8192 : 4096,
    emptyAllowed: false,
    refusesValue: value =>
      /\{\{.*\}\}/s.test(value)
        ? 'a parameter cannot hold "{{ }}"; encode it, or use another store'
        : undefined,
    batch: BATCH,
    writesPerSecond: 3,
    conditionalPut: { ifAbsent: true, ifVersion: false },
    versions: true,
    readable: true,
  }
}

export async function createSsmVault(
  settings: VaultSettings,
  store: string,
  world: VaultWorld,
): Promise<Vault> {
  const sdk = await loadSdk('@aws-sdk/client-ssm', () => import('@aws-sdk/client-ssm'))
  const client: SSMClient = makeQuietly(() => new sdk.SSMClient(awsClientSettings(settings, world)))
  const limits = limitsOf(settings)
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
    get: (name, { version, signal } = {}) => getOne({ name, version }, signal),
    getMany,
    async page(options = {}) {
      const { parameters, cursor } = await readPage(options, false)
      const entries = parameters.map(({ Name: name = '', Version, LastModifiedDate: updated }) => ({
        name,
        version: String(Version),
        ...(updated && { updated }),
      }))
      return { entries, ...(cursor && { cursor }) }
    },
    async valuePage(options = {}) {
      const { parameters, cursor } = await readPage(options, true)
      return { secrets: parameters.map(toSecret), ...(cursor && { cursor }) }
    },
    async put(name, value, { ifAbsent, ifVersion } = {}) {
      if (ifVersion !== undefined) await demandVersion(name, ifVersion)
      const { Version } = await attempt([name], () =>
        client.send(
          new sdk.PutParameterCommand({
            Name: name,
            Value: value.reveal(),
            Type: 'SecureString',
            Overwrite: !ifAbsent,
            Tier: settings.tier,
            KeyId: settings.keyId,
          }),
        ),
      )
      return { name, version: String(Version) }
    },
    remove: name =>
      attempt([name], async () => {
        await client.send(new sdk.DeleteParameterCommand({ Name: name }))
      }),
    async history(name, { signal } = {}) {
      const versions: ParameterHistory[] = []
      let token: string | undefined
      do {
        const page = await attempt([name], () =>
          client.send(
            new sdk.GetParameterHistoryCommand({ Name: name, MaxResults: 50, NextToken: token }),
            abortWith(signal),
          ),
        )
        versions.push(...(page.Parameters ?? []))
        token = page.NextToken
      } while (token)
      const newest = Math.max(...versions.map(({ Version = 0 }) => Version))
      return versions
        .sort((a, b) => (b.Version ?? 0) - (a.Version ?? 0))
        .map(({ Version, LastModifiedDate: created, Labels = [] }) => ({
          version: String(Version),
          ...(created && { created }),
          current: Version === newest,
          labels: Labels,
        }))
    },
  }
  return vault

  /** `name:3` and `name:label` are how SSM writes versions; it has no word for the one before. */
  async function getOne({ name, version }: Wanted, signal?: AbortSignal): Promise<StoredSecret> {
    if (version === 'previous') {
      const before = Number((await getOne({ name }, signal)).version) - 1
      if (before < 1) throw new SecretError('version-not-found', { store, names: [name] })
      return getOne({ name, version: before }, signal)
    }
    const answer = await attempt([name], () =>
      client.send(
        new sdk.GetParameterCommand({ Name: selectorOf({ name, version }), WithDecryption: true }),
        abortWith(signal),
      ),
    ).catch(error => existsOrThrow(error, { name, version }, signal))
    return toSecret({ ...answer.Parameter, Name: name })
  }

  /** A label that does not exist is said to be a parameter that does not. */
  async function existsOrThrow(
    error: unknown,
    { name, version }: Wanted,
    signal?: AbortSignal,
  ): Promise<never> {
    if (
      version === undefined ||
      !(error instanceof SecretError) ||
      !/not-found$|invalid-name/.test(error.kind)
    )
      throw error
    await getOne({ name }, signal)
    throw new SecretError('version-not-found', { store, names: [name] })
  }

  async function getMany(wanted: readonly Wanted[], { signal }: { signal?: AbortSignal | undefined } = {}) {
    const outcomes = new Map<string, StoredSecret | SecretError>()
    const selectors = new Map(wanted.map(one => [selectorOf(one), one]))
    const plain = [...selectors].filter(([, { version }]) => version === undefined || version === 'current')
    for (let at = 0; at < plain.length; at += BATCH) {
      const batch = plain.slice(at, at + BATCH)
      for (const [index, outcome] of (await readBatch(batch.map(([, one]) => one))).entries())
        outcomes.set(batch[index]![0], outcome)
    }
    const versioned = [...selectors].filter(([selector]) => !outcomes.has(selector))
    const found = await getEach(
      vault,
      versioned.map(([, one]) => one),
      { signal },
    )
    for (const [index, [selector]] of versioned.entries()) outcomes.set(selector, found[index]!)
    return wanted.map(one => outcomes.get(selectorOf(one))!)

    async function readBatch(batch: readonly Wanted[]): Promise<(StoredSecret | SecretError)[]> {
      const names = batch.map(({ name }) => name)
      const answer = await outcomeOf(
        attempt(names, () =>
          client.send(
            new sdk.GetParametersCommand({ Names: names, WithDecryption: true }),
            abortWith(signal),
          ),
        ),
      )
      // One name that is denied, or no name at all, refuses the whole batch: ask for each, so that the others are read.
      if (answer instanceof SecretError)
        return answer.retryable || answer.kind === 'unauthenticated'
          ? names.map(name => new SecretError(answer.kind, { ...answer, names: [name] }))
          : getEach(vault, batch, { signal })
      const found = new Map(answer.Parameters?.map(one => [one.Name, one]))
      return names.map(name => {
        const parameter = found.get(name)
        return parameter ? toSecret(parameter) : new SecretError('not-found', { store, names: [name] })
      })
    }
  }

  /** A hierarchy is read by its path; names without one are searched for. */
  async function readPage(
    { prefix = '', cursor, signal }: PageOptions,
    withValues: boolean,
  ): Promise<SsmPage> {
    const path = prefix.slice(0, prefix.lastIndexOf('/') + 1)
    if (!path.startsWith('/')) return searchPage({ prefix, cursor, signal }, withValues)
    const page = await attempt([], () =>
      client.send(
        new sdk.GetParametersByPathCommand({
          Path: path,
          Recursive: true,
          WithDecryption: withValues,
          MaxResults: BATCH,
          NextToken: cursor,
        }),
        abortWith(signal),
      ),
    )
    const parameters = (page.Parameters ?? []).filter(({ Name = '' }) => Name.startsWith(prefix))
    return { parameters, cursor: page.NextToken }
  }

  async function searchPage(
    { prefix = '', cursor, signal }: PageOptions,
    withValues: boolean,
  ): Promise<SsmPage> {
    const page = await attempt([], () =>
      client.send(
        new sdk.DescribeParametersCommand({
          MaxResults: 50,
          NextToken: cursor,
          ...(prefix && { ParameterFilters: [{ Key: 'Name', Option: 'BeginsWith', Values: [prefix] }] }),
        }),
        abortWith(signal),
      ),
    )
    const described = page.Parameters ?? []
    if (!withValues) return { parameters: described, cursor: page.NextToken }
    const found = await getMany(
      described.map(({ Name = '' }) => ({ name: Name })),
      { signal },
    )
    const parameters = found.flatMap(one => {
      if (!(one instanceof SecretError))
        return [{ Name: one.name, Value: one.reveal(), Version: Number(one.version) }]
      if (one.kind === 'not-found') return []
      throw one
    })
    return { parameters, cursor: page.NextToken }
  }

  /** Not decided by SSM itself: somebody may write between this and the write. */
  async function demandVersion(name: string, wanted: string): Promise<void> {
    const current = await outcomeOf(vault.get(name))
    const version =
      current instanceof SecretError && current.kind === 'not-found' ? '0' : secretOf(current).version
    if (version !== wanted) throw new SecretError('conflict', { store, names: [name] })
  }

  function secretOf(outcome: StoredSecret | SecretError): StoredSecret {
    if (outcome instanceof SecretError) throw outcome
    return outcome
  }

  function toSecret(parameter: SsmParameter): StoredSecret {
    const { Name: name = '', Value: value = '', Version: version, LastModifiedDate: created } = parameter
    return new StoredSecret(value, { name, store, version: String(version), ...(created && { created }) })
  }
}

function selectorOf({ name, version }: Wanted): string {
  return version === undefined || version === 'current' ? name : `${name}:${version}`
}
