/** AWS Systems Manager Parameter Store. */
import type { VaultSettings } from '../../settings/settings-schema.ts'
import { checkCondition } from '../check-condition.ts'
import { getEach, outcomeOf } from '../get-each.ts'
import { SecretError } from '../secret-error.ts'
import { type PageOptions, StoredSecret, type Vault, type VaultWorld, type Wanted } from '../vault.ts'
import { createSsmApi, type SsmPage, type SsmParameter } from './ssm-api.ts'
import { SSM_BATCH, ssmLimits } from './ssm-limits.ts'

type Outcome = StoredSecret | SecretError

export async function createSsmVault(
  settings: VaultSettings,
  store: string,
  world: VaultWorld,
): Promise<Vault> {
  const api = await createSsmApi(settings, store, world)
  const limits = ssmLimits(settings)
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
      await checkCondition(vault, name, { ifVersion })
      return { name, version: String(await api.put(name, value.reveal(), !ifAbsent)) }
    },
    remove: name => api.remove(name),
    async history(name, { signal } = {}) {
      const versions = await api.readHistory(name, signal)
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

  /** SSM has no word for the version before; its numbers have no gaps. */
  async function getOne({ name, version }: Wanted, signal: AbortSignal | undefined): Promise<StoredSecret> {
    if (version === 'previous') {
      const before = Number((await getOne({ name }, signal)).version) - 1
      if (before < 1) throw new SecretError('version-not-found', { store, names: [name] })
      return getOne({ name, version: before }, signal)
    }
    const found = await outcomeOf(api.getParameter(name, selectorOf({ name, version }), signal))
    if (!(found instanceof SecretError)) return toSecret(found)
    if (version === undefined || !/not-found$|invalid-name/.test(found.kind)) throw found
    // A label that does not exist is said to be a parameter that does not.
    await getOne({ name }, signal)
    throw new SecretError('version-not-found', { store, names: [name] })
  }

  async function getMany(wanted: readonly Wanted[], { signal }: { signal?: AbortSignal | undefined } = {}) {
    const outcomes = new Map<string, Outcome>()
    const distinct = new Map(wanted.map(one => [selectorOf(one), one]))
    const names = [...distinct].flatMap(([selector, { name }]) => (selector === name ? [name] : []))
    for (let at = 0; at < names.length; at += SSM_BATCH)
      for (const [name, outcome] of await readBatch(names.slice(at, at + SSM_BATCH), signal))
        outcomes.set(name, outcome)
    const versioned = [...distinct].filter(([selector]) => !outcomes.has(selector))
    const found = await getEach(
      vault,
      versioned.map(([, one]) => one),
      { signal },
    )
    for (const [index, [selector]] of versioned.entries()) outcomes.set(selector, found[index]!)
    return wanted.map(one => outcomes.get(selectorOf(one))!)
  }

  /** One name that is denied, or no name at all, refuses the whole batch: then each is asked for, and the others are read. */
  async function readBatch(
    names: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<[string, Outcome][]> {
    const answer = await outcomeOf(api.getParameters(names, signal))
    if (!(answer instanceof SecretError)) {
      const found = new Map(answer.map(one => [one.Name, toSecret(one)]))
      return names.map(name => [
        name,
        found.get(name) ?? new SecretError('not-found', { store, names: [name] }),
      ])
    }
    if (answer.retryable || answer.kind === 'unauthenticated')
      return names.map(name => [name, new SecretError(answer.kind, { ...answer, names: [name] })])
    const each = await getEach(
      vault,
      names.map(name => ({ name })),
      { signal },
    )
    return names.map((name, index) => [name, each[index]!])
  }

  /** A hierarchy is read by its path; names without one are searched for. */
  async function readPage(
    { prefix = '', cursor, signal }: PageOptions,
    withValues: boolean,
  ): Promise<SsmPage> {
    const path = prefix.slice(0, prefix.lastIndexOf('/') + 1)
    if (!path.startsWith('/')) return searchPage({ prefix, cursor, signal }, withValues)
    const page = await api.readPath(path, withValues, cursor, signal)
    return { ...page, parameters: page.parameters.filter(({ Name = '' }) => Name.startsWith(prefix)) }
  }

  async function searchPage(
    { prefix = '', cursor, signal }: PageOptions,
    withValues: boolean,
  ): Promise<SsmPage> {
    const page = await api.search(prefix, cursor, signal)
    if (!withValues) return page
    const found = await getMany(
      page.parameters.map(({ Name = '' }) => ({ name: Name })),
      { signal },
    )
    const parameters = found.flatMap(one => {
      if (!(one instanceof SecretError))
        return [{ Name: one.name, Value: one.reveal(), Version: Number(one.version) }]
      // Gone since it was listed.
      if (one.kind === 'not-found') return []
      throw one
    })
    return { ...page, parameters }
  }

  function toSecret(parameter: SsmParameter): StoredSecret {
    const { Name: name = '', Value: value = '', Version: version, LastModifiedDate: created } = parameter
    return new StoredSecret(value, { name, store, version: String(version), ...(created && { created }) })
  }
}

/** `name:3` and `name:label` are how SSM writes versions. */
function selectorOf({ name, version }: Wanted): string {
  return version === undefined || version === 'current' ? name : `${name}:${version}`
}
