/**
 * The KV engines of HashiCorp Vault and OpenBao. An entry is a path with one field `value`; a path with other fields is
 * read as a JSON object. A name with `#` is a field of a path that holds many: `shop/production#DB_PASSWORD`.
 */
import type { VaultSettings } from '../../settings/settings-schema.ts'
import { getEach } from '../get-each.ts'
import { SecretError, type SecretErrorKind } from '../secret-error.ts'
import {
  type EntryInfo,
  StoredSecret,
  type Vault,
  type VaultLimits,
  type VaultWorld,
  type Wanted,
} from '../vault.ts'
import { createApi } from './api.ts'
import { createKvEngine, type Fields, type KvEngine } from './kv-engine.ts'

const limits: VaultLimits = {
  name: {
    pattern: /^(?!\/)(?!.*\/\/)(?!(?:.*\/)?\.{1,2}(?:\/|$))[^\p{C}#]+(?:#[^\p{C}#]+)?(?<!\/)$/u,
    maxLength: 1024,
    caseSensitive: true,
    rule: 'a path, with at most one "#" before the name of a field',
  },
  // Raft takes entries of 1 MiB, with their keys and the JSON around them.
  maxBytes: 960 * 1024,
  emptyAllowed: true,
  batch: 1,
  conditionalPut: { ifAbsent: true, ifVersion: true },
  versions: true,
  readable: true,
}

export function createKvVault(settings: VaultSettings, store: string, world: VaultWorld): Vault {
  const engine = createKvEngine(createApi(settings, store, world), settings, store)
  const fail = (kind: SecretErrorKind, name: string) => new SecretError(kind, { store, names: [name] })
  const vault: Vault = {
    store,
    stage: undefined,
    limits: () => (settings.kvVersion === 1 ? withoutVersions : limits),
    address: name => name,
    async get(name, { version, signal } = {}) {
      return pick(await named(engine.read(pathOf(name), { version, signal }), name), name)
    },
    getMany: (wanted, { signal } = {}) => getEach(sharingReads(engine, signal), wanted),
    page: async ({ prefix = '', cursor, signal } = {}) =>
      prefix.includes('#')
        ? { entries: await listFields(prefix, signal) }
        : engine.list(prefix, cursor, signal),
    async put(name, value, { ifAbsent, ifVersion } = {}) {
      const field = fieldOf(name)
      if (field !== undefined)
        return named(putField(name, field, value.reveal(), { ifAbsent, ifVersion }), name)
      const version = await engine.write(pathOf(name), { value: value.reveal() }, { ifAbsent, ifVersion })
      return { name, ...(version && { version }) }
    },
    async remove(name) {
      const field = fieldOf(name)
      if (field === undefined) return engine.remove(pathOf(name))
      const { fields, version } = await named(engine.read(pathOf(name), {}), name)
      if (!Object.hasOwn(fields, field)) throw fail('not-found', name)
      const { [field]: _removed, ...rest } = fields
      await named(engine.write(pathOf(name), rest, { ifVersion: version }), name)
    },
    history: (name, options) => named(engine.history(pathOf(name), options?.signal), name),
  }
  return vault

  /** Fields of one path are read with one request. */
  function sharingReads(engine: KvEngine, signal: AbortSignal | undefined): Pick<Vault, 'get'> {
    const reads = new Map<string, ReturnType<KvEngine['read']>>()
    return {
      async get(name, { version }: Partial<Wanted> = {}) {
        const key = `${version ?? ''}:${pathOf(name)}`
        const read = reads.get(key) ?? engine.read(pathOf(name), { version, signal })
        reads.set(key, read)
        return pick(await named(read, name), name)
      },
    }
  }

  /** Another writer may come between reading and writing: then both are done again. */
  async function putField(
    name: string,
    field: string,
    value: string,
    { ifAbsent, ifVersion }: { ifAbsent: boolean | undefined; ifVersion: string | undefined },
  ): Promise<EntryInfo> {
    for (let attempt = 1; ; attempt++) {
      const before = await engine.readOrNothing(pathOf(name))
      if (ifAbsent && before && Object.hasOwn(before.fields, field)) throw fail('already-exists', name)
      const condition = ifVersion ?? before?.version ?? '0'
      try {
        const version = await engine.write(
          pathOf(name),
          { ...before?.fields, [field]: value },
          before || ifVersion ? { ifVersion: condition } : { ifAbsent: true },
        )
        return { name, ...(version && { version }) }
      } catch (error) {
        const isRace = error instanceof SecretError && /^(?:conflict|already-exists)$/.test(error.kind)
        if (!isRace || ifVersion !== undefined || attempt > 20) throw error
      }
    }
  }

  async function listFields(prefix: string, signal: AbortSignal | undefined): Promise<EntryInfo[]> {
    const path = pathOf(prefix)
    const found = await engine.readOrNothing(path, signal)
    return Object.keys(found?.fields ?? {})
      .map(field => `${path}#${field}`)
      .filter(name => name.startsWith(prefix))
      .map(name => ({
        name,
        ...(found?.version && { version: found.version }),
        ...(found?.created && { updated: found.created }),
      }))
  }

  function pick({ fields, version, created }: Fields, name: string): StoredSecret {
    const field = fieldOf(name)
    if (field !== undefined && !Object.hasOwn(fields, field)) throw fail('not-found', name)
    const value = field === undefined ? whole(fields) : fields[field]
    return new StoredSecret(typeof value === 'string' ? value : JSON.stringify(value), {
      name,
      store,
      ...(version && { version }),
      ...(created && { created }),
    })
  }
}

const withoutVersions: VaultLimits = {
  ...limits,
  versions: false,
  conditionalPut: { ifAbsent: false, ifVersion: false },
}

/** Errors of the engine bear the path; the caller may have asked for a field. */
async function named<T>(read: Promise<T>, name: string): Promise<T> {
  try {
    return await read
  } catch (error) {
    throw error instanceof SecretError ? new SecretError(error.kind, { ...error, names: [name] }) : error
  }
}

function whole(fields: Readonly<Record<string, unknown>>): unknown {
  const names = Object.keys(fields)
  return names.length === 1 && names[0] === 'value' ? fields['value'] : fields
}

function pathOf(name: string): string {
  return name.split('#', 1)[0] ?? name
}

function fieldOf(name: string): string | undefined {
  const at = name.indexOf('#')
  return at < 0 ? undefined : name.slice(at + 1)
}
