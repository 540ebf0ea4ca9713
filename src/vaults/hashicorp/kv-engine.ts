/** The two versions of the KV engine behind one set of functions. https://developer.hashicorp.com/vault/api-docs/secret/kv */
import type { VaultSettings } from '../../settings/settings-schema.ts'
import type { HttpAnswer } from '../../system/http-request.ts'
import { readJson } from '../http.ts'
import { SecretError, type SecretErrorKind } from '../secret-error.ts'
import type { Page, PutOptions, VersionInfo } from '../vault.ts'
import type { Api } from './api.ts'

/** What lies at a path. */
export interface Fields {
  fields: Record<string, unknown>
  version?: string
  created?: Date
}

export interface KvEngine {
  /** @throws SecretError `not-found`, `version-not-found` */
  read(
    path: string,
    options: { version?: string | number | undefined; signal?: AbortSignal | undefined },
  ): Promise<Fields>
  readOrNothing(path: string, signal?: AbortSignal): Promise<Fields | undefined>
  /** Replaces all fields; gives the new version where there are versions. */
  write(path: string, fields: Record<string, unknown>, condition: PutOptions): Promise<string | undefined>
  /** With all versions. */
  remove(path: string): Promise<void>
  /** A page is one folder; the cursor holds the folders that are still to be read. */
  list(prefix: string, cursor: string | undefined, signal: AbortSignal | undefined): Promise<Page>
  history(path: string, signal?: AbortSignal): Promise<VersionInfo[]>
}

interface Metadata {
  current_version?: number
  versions?: Record<string, { created_time?: string; deletion_time?: string; destroyed?: boolean }>
}
interface ReadAnswer {
  data: { data?: Record<string, unknown> | null; metadata?: { version?: number; created_time?: string } }
}

export function createKvEngine(api: Api, settings: VaultSettings, store: string): KvEngine {
  const mount = (settings.mount ?? 'secret').replace(/^\/+|\/+$/g, '')
  let known: Promise<1 | 2> | undefined
  const engineVersion = () => {
    known ??= settings.kvVersion ? Promise.resolve(settings.kvVersion) : askVersion()
    return known
  }
  const fail = (kind: SecretErrorKind, path: string, reason?: string) =>
    new SecretError(kind, { store, names: [path], reason })
  const address = async (kind: 'data' | 'metadata', path: string) =>
    `${encode(mount)}/${(await engineVersion()) === 2 ? `${kind}/` : ''}${encode(path)}`
  return { read, readOrNothing, write, remove, list, history }

  async function read(path: string, { version, signal }: Parameters<KvEngine['read']>[1]): Promise<Fields> {
    if (version === undefined || version === 'current') return readCurrent(path, signal)
    const versions = (await engineVersion()) === 2 ? await history(path, signal) : []
    if (versions.length === 0) await readCurrent(path, signal)
    const wanted =
      version === 'previous' ? versions[1] : versions.find(one => one.version === String(version))
    if (!wanted) throw fail('version-not-found', path)
    const url = `${await address('data', path)}?version=${wanted.version}`
    const answer = await api.call('GET', url, { names: [path], signal })
    const fields = readFields(answer)
    if (!fields) throw fail('version-not-found', path)
    return fields
  }

  async function readCurrent(path: string, signal?: AbortSignal): Promise<Fields> {
    const found = await readOrNothing(path, signal)
    if (!found) throw fail('not-found', path)
    return found
  }

  async function readOrNothing(path: string, signal?: AbortSignal): Promise<Fields | undefined> {
    const answer = await api.call('GET', await address('data', path), { names: [path], signal })
    if ((await engineVersion()) === 2) return readFields(answer)
    const { data } = readJson<{ data: Record<string, unknown> }>(answer)
    return answer.status === 200 && data ? { fields: data } : undefined
  }

  async function write(path: string, fields: Record<string, unknown>, condition: PutOptions) {
    if ((await engineVersion()) === 1) return writeFirst(path, fields, condition)
    const cas = condition.ifAbsent
      ? 0
      : condition.ifVersion === undefined
        ? undefined
        : Number(condition.ifVersion)
    const answer = await writeIf(path, fields, cas)
    if (answer.status === 200) return versionOf(answer)
    if (!/check-and-set/.test(answer.text)) throw api.refusal(answer, [path])
    if (!condition.ifAbsent) throw fail('conflict', path)
    // A deleted entry still counts its versions: it is absent, and yet not at 0.
    const deleted = await deletedVersion(path)
    if (deleted === undefined) throw fail('already-exists', path)
    const again = await writeIf(path, fields, deleted)
    if (again.status !== 200) throw fail('already-exists', path)
    return versionOf(again)
  }

  async function writeIf(path: string, fields: Record<string, unknown>, cas: number | undefined) {
    const json = { data: fields, ...(cas !== undefined && { options: { cas } }) }
    return api.call('POST', await address('data', path), { names: [path], json })
  }

  /** The first engine decides nothing itself: somebody may write between the look and the write. */
  async function writeFirst(
    path: string,
    fields: Record<string, unknown>,
    { ifAbsent, ifVersion }: PutOptions,
  ) {
    if (ifVersion !== undefined && ifVersion !== '0')
      throw fail('conflict', path, 'this engine has no versions')
    if (ifAbsent && (await readOrNothing(path))) throw fail('already-exists', path)
    const answer = await api.call('POST', await address('data', path), { names: [path], json: fields })
    if (answer.status >= 300) throw api.refusal(answer, [path])
    return undefined
  }

  async function deletedVersion(path: string): Promise<number | undefined> {
    const answer = await api.call('GET', await address('data', path), { names: [path] })
    const { data } = readJson<ReadAnswer>(answer)
    return answer.status === 404 ? data?.metadata?.version : undefined
  }

  async function remove(path: string): Promise<void> {
    // The server says of what was never there that it is deleted.
    await readCurrent(path)
    const answer = await api.call('DELETE', await address('metadata', path), { names: [path] })
    if (answer.status >= 300) throw api.refusal(answer, [path])
  }

  async function list(prefix: string, cursor: string | undefined, signal?: AbortSignal): Promise<Page> {
    const pending = readCursor(cursor) ?? [prefix.slice(0, prefix.lastIndexOf('/') + 1)]
    const folder = pending[0] ?? ''
    const answer = await api.call('GET', `${await address('metadata', folder)}?list=true`, {
      names: [],
      signal,
    })
    const { data } = readJson<{ data: { keys?: string[] } }>(answer)
    const found = (data?.keys ?? []).map(key => folder + key)
    const matching = found.filter(
      name => name.startsWith(prefix) || (name.endsWith('/') && prefix.startsWith(name)),
    )
    const open = [...pending.slice(1), ...matching.filter(name => name.endsWith('/'))]
    const entries = matching.filter(name => !name.endsWith('/')).map(name => ({ name }))
    return { entries, ...(open.length > 0 && { cursor: JSON.stringify(open) }) }
  }

  async function history(path: string, signal?: AbortSignal): Promise<VersionInfo[]> {
    if ((await engineVersion()) === 1) {
      await readCurrent(path, signal)
      return []
    }
    const answer = await api.call('GET', await address('metadata', path), { names: [path], signal })
    if (answer.status !== 200) throw fail('not-found', path)
    const { data } = readJson<{ data: Metadata }>(answer)
    return Object.entries(data?.versions ?? {})
      .filter(([, { deletion_time, destroyed }]) => !deletion_time && !destroyed)
      .sort(([a], [b]) => Number(b) - Number(a))
      .map(([version, { created_time }]) => ({
        version,
        ...(created_time && { created: new Date(created_time) }),
        current: Number(version) === data?.current_version,
        labels: [],
      }))
  }

  /** Which engine is mounted; a token that may not ask is told of the newer one, which is the default of servers. */
  async function askVersion(): Promise<1 | 2> {
    try {
      const answer = await api.call('GET', `sys/internal/ui/mounts/${encode(mount)}`, { names: [] })
      const { data } = readJson<{ data: { options?: { version?: string } | null } }>(answer)
      return answer.status === 200 && data?.options?.version !== '2' ? 1 : 2
    } catch (error) {
      if (error instanceof SecretError && error.kind === 'access-denied') return 2
      known = undefined
      throw error
    }
  }
}

function readFields(answer: HttpAnswer): Fields | undefined {
  const { data } = readJson<ReadAnswer>(answer)
  if (answer.status !== 200 || !data?.data) return undefined
  const { version, created_time } = data.metadata ?? {}
  return {
    fields: data.data,
    ...(version !== undefined && { version: String(version) }),
    ...(created_time && { created: new Date(created_time) }),
  }
}

function versionOf(answer: HttpAnswer): string | undefined {
  const version = readJson<{ data: { version?: number } }>(answer).data?.version
  return version === undefined ? undefined : String(version)
}

function readCursor(cursor: string | undefined): string[] | undefined {
  return cursor === undefined ? undefined : JSON.parse(cursor)
}

function encode(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
