/** One Secret object of Kubernetes; its data are the entries. */
import { UserError } from '../../errors.ts'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import type { HttpAnswer } from '../../system/http-request.ts'
import { getEach } from '../get-each.ts'
import { errorOfAnswer, readJson, sendJson } from '../http.ts'
import type { OpenedFor } from '../index.ts'
import { SecretError, type SecretErrorKind } from '../secret-error.ts'
import { StoredSecret, type Vault, type VaultLimits, type VaultWorld } from '../vault.ts'
import { findCluster } from './cluster.ts'

const limits: VaultLimits = {
  name: {
    pattern: /^(?!\.{1,2}$)[-._a-zA-Z0-9]+$/,
    maxLength: 253,
    caseSensitive: true,
    rule: 'letters, digits, "-._"',
  },
  // All entries of a Secret together; this leaves room for the others.
  maxBytes: 768 * 1024,
  emptyAllowed: true,
  batch: Number.POSITIVE_INFINITY,
  conditionalPut: { ifAbsent: true, ifVersion: true },
  versions: false,
  readable: true,
}

interface SecretObject {
  metadata?: { resourceVersion?: string }
  data?: Record<string, string> | null
}

export function createKubernetesVault(
  settings: VaultSettings,
  { store, stage }: OpenedFor,
  world: VaultWorld,
): Vault {
  const cluster = findCluster(settings, store, world)
  const where = settings.namespace ?? cluster.namespace ?? 'default'
  const name = settings.name?.replaceAll('{stage}', stage)
  if (!name) throw new UserError(`${store}: which Secret?`, 'Write --vault kubernetes:NAMESPACE/NAME.')
  const base = `${cluster.server}/api/v1/namespaces/${encodeURIComponent(where)}/secrets`
  const fail = (kind: SecretErrorKind, key: string, reason?: string) =>
    new SecretError(kind, { store, names: [key], reason })
  const vault: Vault = {
    store,
    stage,
    limits: () => limits,
    address: key => key,
    get: async (key, { version, signal } = {}) => pick(await read(signal), key, version),
    async getMany(wanted, { signal } = {}) {
      if (wanted.length === 0) return []
      const object = await read(signal)
      return getEach({ get: async (key, { version } = {}) => pick(object, key, version) }, wanted)
    },
    async page({ prefix = '', signal } = {}) {
      const keys = Object.keys((await read(signal))?.data ?? {}).filter(key => key.startsWith(prefix))
      return { entries: keys.sort().map(key => ({ name: key })) }
    },
    async put(key, value, { ifAbsent, ifVersion } = {}) {
      const data = { [key]: Buffer.from(value.reveal()).toString('base64') }
      const object = await read()
      if (ifAbsent && object?.data && Object.hasOwn(object.data, key)) throw fail('already-exists', key)
      const conditional = ifAbsent || ifVersion !== undefined
      const resourceVersion = ifVersion ?? object?.metadata?.resourceVersion
      const answer = object
        ? await patch(key, data, conditional ? resourceVersion : undefined)
        : await call('POST', base, [key], { json: { ...head(), type: 'Opaque', data } })
      if (answer.status === 409) throw fail('conflict', key)
      return { name: key, ...versionOf(readJson<SecretObject>(answer)) }
    },
    async remove(key) {
      const object = await read()
      pick(object, key)
      const answer = await patch(key, { [key]: null }, object?.metadata?.resourceVersion)
      if (answer.status === 409) throw fail('conflict', key)
    },
  }
  return vault

  function head() {
    return { apiVersion: 'v1', kind: 'Secret', metadata: { name } }
  }

  async function read(signal?: AbortSignal): Promise<Partial<SecretObject> | undefined> {
    const answer = await call('GET', `${base}/${name}`, [], { signal })
    return answer.status === 404 ? undefined : readJson<SecretObject>(answer)
  }

  /** Other entries of the object stay as they are, whoever writes them meanwhile. */
  function patch(key: string, data: Record<string, string | null>, resourceVersion: string | undefined) {
    const json = { data, ...(resourceVersion !== undefined && { metadata: { resourceVersion } }) }
    const headers = { 'content-type': 'application/merge-patch+json' }
    return call('PATCH', `${base}/${name}`, [key], { json, headers })
  }

  async function call(
    method: string,
    url: string,
    names: readonly string[],
    more: { json?: unknown; headers?: Record<string, string>; signal?: AbortSignal | undefined },
  ): Promise<HttpAnswer> {
    const token = await cluster.token?.()
    const headers = { ...(token && { authorization: `Bearer ${token}` }), ...more.headers }
    const answer = await sendJson({ ...cluster.tls, ...more, url, method, headers }, { store, names })
    if (answer.status < 300 || [404, 409].includes(answer.status)) return answer
    const { message } = readJson<{ message: string }>(answer)
    throw errorOfAnswer(answer, { store, names }, { reason: answer.status === 403 ? message : undefined })
  }

  function pick(object: SecretObject | undefined, key: string, version?: string | number): StoredSecret {
    const data = object?.data ?? {}
    if (!Object.hasOwn(data, key)) throw fail('not-found', key)
    const now = object?.metadata?.resourceVersion
    if (version !== undefined && version !== 'current' && String(version) !== now)
      throw fail('version-not-found', key)
    const bytes = Buffer.from(data[key] ?? '', 'base64')
    const text = bytes.toString('utf8')
    if (!Buffer.from(text).equals(bytes)) throw fail('decode', key, 'the value is binary')
    return new StoredSecret(text, { name: key, store, ...versionOf(object ?? {}) })
  }
}

function versionOf({ metadata }: SecretObject): { version?: string } {
  return metadata?.resourceVersion === undefined ? {} : { version: metadata.resourceVersion }
}
