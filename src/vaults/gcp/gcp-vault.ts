/** Google Cloud Secret Manager. https://cloud.google.com/secret-manager/docs/reference/rest */
import { UserError } from '../../errors.ts'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import type { HttpAnswer } from '../../system/http-request.ts'
import { checkCondition } from '../check-condition.ts'
import { getEach } from '../get-each.ts'
import { errorOfAnswer, readJson, sendJson } from '../http.ts'
import { SecretError, type SecretErrorKind } from '../secret-error.ts'
import { StoredSecret, type Vault, type VaultLimits, type VaultWorld, type VersionInfo } from '../vault.ts'
import { crc32c } from './crc32c.ts'
import { createGcpTokenSource } from './gcp-token.ts'

const limits: VaultLimits = {
  name: {
    pattern: /^[A-Za-z0-9_-]+$/,
    maxLength: 255,
    caseSensitive: true,
    rule: 'letters, digits, dashes and underscores',
  },
  maxBytes: 65_536,
  emptyAllowed: false,
  batch: 1,
  // 600 a minute for a project; a new entry is two.
  writesPerSecond: 5,
  conditionalPut: { ifAbsent: true, ifVersion: false },
  versions: true,
  readable: true,
}

interface ApiVersion {
  name?: string
  createTime?: string
  state?: string
}

export function createGcpVault(settings: VaultSettings, store: string, world: VaultWorld): Vault {
  const token = createGcpTokenSource(store, world)
  const origin = settings.endpoint ?? 'https://secretmanager.googleapis.com'
  const project = settings.project ?? world.env.GOOGLE_CLOUD_PROJECT
  if (!project)
    throw new UserError(`${store}: no project`, 'Write --vault gcp:PROJECT, or set GOOGLE_CLOUD_PROJECT.')
  const fail = (kind: SecretErrorKind, name: string, reason?: string) =>
    new SecretError(kind, { store, names: [name], reason })
  const vault: Vault = {
    store,
    stage: undefined,
    limits: () => limits,
    address: name => name,
    async get(name, { version, signal } = {}) {
      const wanted =
        version === 'previous' ? (await enabledVersions(name, signal))[1]?.version : (version ?? 'latest')
      if (wanted === undefined) throw fail('version-not-found', name)
      const number = wanted === 'current' ? 'latest' : String(wanted)
      const answer = await call('GET', `secrets/${name}/versions/${encodeURIComponent(number)}:access`, {
        name,
        signal,
      })
      if (answer.status === 200) return toSecret(name, answer)
      if (number === 'latest' && answer.status === 404) throw fail('not-found', name)
      await demandEntry(name, signal)
      throw fail('version-not-found', name, answer.status === 404 ? undefined : 'it is disabled or destroyed')
    },
    getMany: (wanted, options) => getEach(vault, wanted, options),
    async page({ prefix = '', cursor, signal } = {}) {
      const query = new URLSearchParams({
        pageSize: '250',
        ...(cursor && { pageToken: cursor }),
        ...(prefix && { filter: `name:${prefix}` }),
      })
      const answer = await call('GET', `secrets?${query}`, { signal })
      const { secrets = [], nextPageToken } = readJson<{
        secrets: { name?: string }[]
        nextPageToken: string
      }>(answer)
      const names = secrets.map(({ name = '' }) => lastPart(name)).filter(name => name.startsWith(prefix))
      return { entries: names.map(name => ({ name })), ...(nextPageToken && { cursor: nextPageToken }) }
    },
    async put(name, value, { ifAbsent, ifVersion } = {}) {
      if (ifVersion !== undefined) await checkCondition(vault, name, { ifVersion })
      if (ifAbsent) await create(name)
      let answer = await addVersion(name, value.reveal())
      if (answer.status === 404 && !ifAbsent) {
        await create(name)
        answer = await addVersion(name, value.reveal())
      }
      if (answer.status !== 200) throw errorOf(answer, name)
      return { name, version: lastPart(readJson<ApiVersion>(answer).name ?? '') }
    },
    async remove(name) {
      const answer = await call('DELETE', `secrets/${name}`, { name })
      if (answer.status !== 200) throw errorOf(answer, name)
    },
    async history(name, { signal } = {}) {
      const versions = await enabledVersions(name, signal)
      if (versions.length === 0) await demandEntry(name, signal)
      return versions
    },
  }
  return vault

  /** What it cannot judge is given back, all else is thrown. */
  async function call(
    method: string,
    path: string,
    { name, json, signal }: { name?: string; json?: unknown; signal?: AbortSignal | undefined },
  ): Promise<HttpAnswer> {
    const names = name === undefined ? [] : [name]
    const url = `${origin}/v1/projects/${project}/${path}`
    const headers = { authorization: `Bearer ${await token()}` }
    const answer = await sendJson({ url, method, headers, json, signal }, { store, names })
    if ([200, 400, 404, 409].includes(answer.status)) return answer
    throw errorOf(answer, name)
  }

  function errorOf(answer: HttpAnswer, name?: string): SecretError {
    const { error } = readJson<{ error: { message?: string } }>(answer)
    return errorOfAnswer(
      answer,
      { store, names: name === undefined ? [] : [name] },
      { reason: error?.message },
    )
  }

  /** An entry without versions is one whose creator was interrupted: it counts as absent. */
  async function create(name: string): Promise<void> {
    const json = { replication: { automatic: {} } }
    const answer = await call('POST', `secrets?secretId=${name}`, { name, json })
    if (answer.status === 200) return
    if (answer.status !== 409) throw errorOf(answer, name)
    if ((await enabledVersions(name)).length > 0) throw fail('already-exists', name)
  }

  function addVersion(name: string, value: string): Promise<HttpAnswer> {
    const bytes = Buffer.from(value)
    const json = { payload: { data: bytes.toString('base64'), dataCrc32c: String(crc32c(bytes)) } }
    return call('POST', `secrets/${name}:addVersion`, { name, json })
  }

  async function enabledVersions(name: string, signal?: AbortSignal): Promise<VersionInfo[]> {
    const found: ApiVersion[] = []
    let cursor: string | undefined
    do {
      const query = new URLSearchParams({ pageSize: '250', ...(cursor && { pageToken: cursor }) })
      const answer = await call('GET', `secrets/${name}/versions?${query}`, { name, signal })
      if (answer.status !== 200) throw errorOf(answer, name)
      const page = readJson<{ versions: ApiVersion[]; nextPageToken: string }>(answer)
      found.push(...(page.versions ?? []))
      cursor = page.nextPageToken
    } while (cursor)
    return found
      .filter(({ state }) => state === 'ENABLED')
      .map(({ name: path = '', createTime }) => ({ version: lastPart(path), createTime }))
      .sort((a, b) => Number(b.version) - Number(a.version))
      .map(({ version, createTime }, index) => ({
        version,
        ...(createTime && { created: new Date(createTime) }),
        current: index === 0,
        labels: [],
      }))
  }

  async function demandEntry(name: string, signal?: AbortSignal): Promise<void> {
    const answer = await call('GET', `secrets/${name}`, { name, signal })
    if (answer.status !== 200) throw errorOf(answer, name)
  }

  function toSecret(name: string, answer: HttpAnswer): StoredSecret {
    const { name: path = '', payload } = readJson<{
      name: string
      payload: { data?: string; dataCrc32c?: string }
    }>(answer)
    const bytes = Buffer.from(payload?.data ?? '', 'base64')
    if (payload?.dataCrc32c !== undefined && String(crc32c(bytes)) !== payload.dataCrc32c)
      throw new SecretError('unavailable', { store, names: [name], reason: 'the value arrived damaged' })
    const text = bytes.toString('utf8')
    if (!Buffer.from(text).equals(bytes)) throw fail('decode', name, 'the value is binary')
    return new StoredSecret(text, { name, store, version: lastPart(path) })
  }
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
