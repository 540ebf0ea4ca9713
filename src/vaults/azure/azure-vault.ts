/**
 * Azure Key Vault. https://learn.microsoft.com/rest/api/keyvault/secrets
 * Names have no underscore and no case: `DB_PASSWORD` is stored as `DB-PASSWORD`, with its own name in a tag, so that
 * another key that would be spelled the same is refused and not overwritten.
 */
import { setTimeout as timeout } from 'node:timers/promises'
import { UserError } from '../../errors.ts'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import type { HttpAnswer } from '../../system/http-request.ts'
import { checkCondition } from '../check-condition.ts'
import { getEach } from '../get-each.ts'
import { errorOfAnswer, readJson, sendJson } from '../http.ts'
import { SecretError, type SecretErrorKind } from '../secret-error.ts'
import { StoredSecret, type Vault, type VaultLimits, type VaultWorld, type VersionInfo } from '../vault.ts'
import { createAzureTokenSource } from './azure-token.ts'

const limits: VaultLimits = {
  name: {
    pattern: /^[0-9A-Za-z_-]+$/,
    maxLength: 127,
    caseSensitive: false,
    rule: 'letters, digits, dashes and underscores',
  },
  maxBytes: 25 * 1024,
  emptyAllowed: false,
  batch: 1,
  // 300 in ten seconds, for all that is done to a vault.
  writesPerSecond: 20,
  conditionalPut: { ifAbsent: false, ifVersion: false },
  versions: true,
  readable: true,
}

const API = 'api-version=7.4'
const NAME_TAG = 'stanch-name'

interface Bundle {
  id?: string
  value?: string
  attributes?: { enabled?: boolean; created?: number; updated?: number }
  tags?: Record<string, string> | null
}

export function createAzureVault(settings: VaultSettings, store: string, world: VaultWorld): Vault {
  const token = createAzureTokenSource(store, world)
  const origin = originOf(settings, store)
  const fail = (kind: SecretErrorKind, name: string, reason?: string) =>
    new SecretError(kind, { store, names: [name], reason })
  const vault: Vault = {
    store,
    stage: undefined,
    limits: () => limits,
    address: spell,
    async get(name, { version, signal } = {}) {
      const wanted = version === 'previous' ? (await enabledVersions(name, signal))[1]?.version : version
      if (version === 'previous' && wanted === undefined) throw fail('version-not-found', name)
      const id = wanted === undefined || wanted === 'current' ? '' : String(wanted)
      const answer = await call('GET', `/secrets/${spell(name)}/${encodeURIComponent(id)}?${API}`, {
        name,
        signal,
      })
      if (answer.status === 200) return toSecret(name, readJson<Bundle>(answer))
      if (id !== '') {
        await vault.get(name, { signal })
        throw fail('version-not-found', name)
      }
      throw errorOf(answer, name)
    },
    getMany: (wanted, options) => getEach(vault, wanted, options),
    async page({ prefix = '', cursor, signal } = {}) {
      // The cursor is a whole address; our token goes to no other server.
      if (cursor !== undefined && !cursor.startsWith(`${origin}/`))
        throw new SecretError('decode', { store, reason: 'the next page is on another server' })
      const answer = await call('GET', cursor?.slice(origin.length) ?? `/secrets?${API}&maxresults=25`, {
        signal,
      })
      const { value = [], nextLink } = readJson<{ value: Bundle[]; nextLink: string | null }>(answer)
      const entries = value.flatMap(({ id = '', tags, attributes }) => {
        const name = readName(partOf(id, 1), tags, prefix)
        const updated = attributes?.updated
        return name === undefined ? [] : [{ name, ...(updated && { updated: new Date(updated * 1000) }) }]
      })
      return { entries, ...(nextLink && { cursor: nextLink }) }
    },
    async put(name, value, condition = {}) {
      await checkCondition(vault, name, condition)
      await demandSameName(name)
      const json = { value: value.reveal(), tags: { [NAME_TAG]: name } }
      const answer = await call('PUT', `/secrets/${spell(name)}?${API}`, { name, json })
      if (answer.status !== 200) throw errorOf(answer, name)
      return { name, version: partOf(readJson<Bundle>(answer).id ?? '', 2) }
    },
    async remove(name) {
      const answer = await call('DELETE', `/secrets/${spell(name)}?${API}`, { name })
      if (answer.status !== 200) throw errorOf(answer, name)
    },
    async restore(name) {
      const answer = await call('POST', `/deletedsecrets/${spell(name)}/recover?${API}`, { name })
      // Asked for again after a broken answer, it is on its way already.
      if (answer.status !== 200 && answer.status !== 404) throw errorOf(answer, name)
      await waitUntilBack(name)
    },
    async history(name, { signal } = {}) {
      return enabledVersions(name, signal)
    },
  }
  return vault

  /** The answer comes before it is done. */
  async function waitUntilBack(name: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const answer = await call('GET', `/secrets/${spell(name)}?${API}`, { name })
      if (answer.status === 200) return
      if (answer.status !== 404 || attempt === 10) throw errorOf(answer, name)
      await (world.pace?.sleep(attempt * 250) ?? timeout(attempt * 250))
    }
  }

  async function call(
    method: string,
    path: string,
    { name, json, signal }: { name?: string; json?: unknown; signal?: AbortSignal | undefined },
  ): Promise<HttpAnswer> {
    const names = name === undefined ? [] : [name]
    const headers = { authorization: `Bearer ${await token()}` }
    const answer = await sendJson({ url: origin + path, method, headers, json, signal }, { store, names })
    if ([200, 400, 404, 409].includes(answer.status)) return answer
    throw errorOf(answer, name)
  }

  function errorOf(answer: HttpAnswer, name?: string): SecretError {
    const { error } = readJson<{
      error: { message?: string; code?: string; innererror?: { code?: string } }
    }>(answer)
    const isDeleted = answer.status === 409 && /delet/i.test(`${error?.innererror?.code} ${error?.message}`)
    const kind = isDeleted ? 'pending-deletion' : undefined
    const names = name === undefined ? [] : [name]
    return errorOfAnswer(answer, { store, names }, { ...(kind && { kind }), reason: error?.message })
  }

  /** The newest is what the vault itself gives when asked for none; dates are whole seconds and do not tell. */
  async function enabledVersions(name: string, signal?: AbortSignal): Promise<VersionInfo[]> {
    const found: Bundle[] = []
    let path: string | undefined = `/secrets/${spell(name)}/versions?${API}&maxresults=25`
    do {
      const answer = await call('GET', path, { name, signal })
      if (answer.status !== 200) throw errorOf(answer, name)
      const page = readJson<{ value: Bundle[]; nextLink: string | null }>(answer)
      found.push(...(page.value ?? []))
      path = page.nextLink?.startsWith(`${origin}/`) ? page.nextLink.slice(origin.length) : undefined
    } while (path)
    const current = (await vault.get(name, { signal })).version
    return found
      .filter(({ attributes }) => attributes?.enabled !== false)
      .map(({ id = '', attributes = {} }) => ({ version: partOf(id, 2), createdS: attributes.created ?? 0 }))
      .sort(
        (a, b) => Number(b.version === current) - Number(a.version === current) || b.createdS - a.createdS,
      )
      .map(({ version, createdS }) => ({
        version,
        created: new Date(createdS * 1000),
        current: version === current,
        labels: [],
      }))
  }

  async function demandSameName(name: string): Promise<void> {
    const answer = await call('GET', `/secrets/${spell(name)}?${API}`, { name })
    if (answer.status !== 200) return
    const { id = '', tags } = readJson<Bundle>(answer)
    const other = tags?.[NAME_TAG] ?? (partOf(id, 1) === spell(name) ? name : partOf(id, 1))
    if (other !== name)
      throw fail('invalid-name', name, `"${other}" is there, and the two are spelled the same in Key Vault`)
  }

  function toSecret(name: string, { id = '', value = '', attributes }: Bundle): StoredSecret {
    const created = attributes?.created
    return new StoredSecret(value, {
      name,
      store,
      version: partOf(id, 2),
      ...(created && { created: new Date(created * 1000) }),
    })
  }
}

function originOf({ endpoint, name }: VaultSettings, store: string): string {
  if (endpoint) return endpoint.replace(/\/+$/, '')
  if (!name) throw new UserError(`${store}: which vault?`, 'Write --vault azure:NAME.')
  return /^https?:/.test(name) ? name.replace(/\/+$/, '') : `https://${name}.vault.azure.net`
}

function spell(name: string): string {
  return name.replaceAll('_', '-')
}

/**
 * What an entry is called here: as its tag says; without one, dashes in capitals stand for underscores.
 * Undefined where it is outside of the prefix.
 */
function readName(spelled: string, tags: Bundle['tags'], prefix: string): string | undefined {
  const own = tags?.[NAME_TAG]
  if (own !== undefined && spell(own).toLowerCase() === spelled.toLowerCase())
    return own.startsWith(prefix) ? own : undefined
  if (!spelled.toLowerCase().startsWith(spell(prefix).toLowerCase())) return undefined
  const rest = spelled.slice(prefix.length)
  return prefix + (/^[A-Z0-9-]+$/.test(rest) ? rest.replace(/(?<!-)-(?!-)/g, '_') : rest)
}

/** `https://…/secrets/NAME/VERSION`: the parts of the path. */
function partOf(id: string, part: 1 | 2): string {
  return (URL.canParse(id) ? new URL(id).pathname.split('/').filter(Boolean)[part] : undefined) ?? ''
}
