/** Infisical: a project has environments, which are its stages, and folders. https://infisical.com/docs/api-reference */
import { UserError } from '../errors.ts'
import type { VaultSettings } from '../settings/settings-schema.ts'
import type { HttpAnswer } from '../system/http-request.ts'
import { getEach, outcomeOf } from './get-each.ts'
import { errorOfAnswer, readJson, sendJson } from './http.ts'
import type { OpenedFor } from './index.ts'
import { SecretError } from './secret-error.ts'
import { StoredSecret, type Vault, type VaultLimits, type VaultWorld } from './vault.ts'

const limits: VaultLimits = {
  name: {
    pattern: /^[^\s/:]+$/,
    maxLength: 255,
    caseSensitive: true,
    rule: 'no blanks, slashes and colons',
  },
  maxBytes: 64 * 1024,
  emptyAllowed: true,
  refusesValue: value =>
    /\$\{[^}]*\}/.test(value) ? 'Infisical would replace a dollar with braces by another entry' : undefined,
  batch: Number.POSITIVE_INFINITY,
  writesPerSecond: 3,
  conditionalPut: { ifAbsent: true, ifVersion: false },
  versions: true,
  readable: true,
}

interface ApiSecret {
  secretKey?: string
  secretValue?: string
  version?: number
  updatedAt?: string
}

export function createInfisicalVault(
  settings: VaultSettings,
  { store, stage }: OpenedFor,
  { env }: VaultWorld,
): Vault {
  const origin = (settings.address ?? env.INFISICAL_API_URL ?? 'https://app.infisical.com').replace(
    /(?:\/api)?\/*$/,
    '',
  )
  const place = {
    workspaceId: settings.project ?? env.INFISICAL_PROJECT_ID ?? '',
    environment: settings.environment?.replaceAll('{stage}', stage) ?? stage,
    secretPath: settings.folder ?? '/',
  }
  if (place.workspaceId === '')
    throw new UserError(`${store}: which project?`, 'Write --vault infisical:PROJECT-ID.')
  let login: Promise<string> | undefined
  const vault: Vault = {
    store,
    stage,
    limits: () => limits,
    address: name => name,
    async get(name, { version, signal } = {}) {
      if (version === undefined || version === 'current') return readOne(name, undefined, signal)
      const current = await readOne(name, undefined, signal)
      const wanted = version === 'previous' ? Number(current.version) - 1 : Number(version)
      const missing = new SecretError('version-not-found', { store, stage, names: [name] })
      if (!Number.isInteger(wanted) || wanted < 1 || wanted > Number(current.version)) throw missing
      const found = await outcomeOf(readOne(name, wanted, signal))
      if (!(found instanceof SecretError)) return found
      throw found.kind === 'not-found' ? missing : found
    },
    async getMany(wanted, { signal } = {}) {
      if (wanted.length === 0) return []
      const all = new Map((await readAll(signal)).map(secret => [secret.name, secret]))
      const isCurrent = (version: unknown) => version === undefined || version === 'current'
      const versioned = wanted.filter(({ version }) => !isCurrent(version))
      const others = await getEach(vault, versioned, { signal })
      return wanted.map(one => {
        if (!isCurrent(one.version)) return others[versioned.indexOf(one)]!
        return all.get(one.name) ?? new SecretError('not-found', { store, stage, names: [one.name] })
      })
    },
    async page({ prefix = '', signal } = {}) {
      const entries = (await readAll(signal)).map(({ name, version, created }) => ({
        name,
        ...(version && { version }),
        ...(created && { updated: created }),
      }))
      return { entries: entries.filter(({ name }) => name.startsWith(prefix)) }
    },
    async valuePage({ prefix = '', signal } = {}) {
      return { secrets: (await readAll(signal)).filter(({ name }) => name.startsWith(prefix)) }
    },
    async put(name, value, { ifAbsent, ifVersion } = {}) {
      if (ifVersion !== undefined && (await readOne(name)).version !== ifVersion)
        throw new SecretError('conflict', { store, stage, names: [name] })
      const json = { ...place, secretValue: value.reveal(), type: 'shared' }
      const path = `/api/v3/secrets/raw/${encodeURIComponent(name)}`
      const before = ifAbsent ? undefined : await outcomeOf(readOne(name))
      if (before instanceof SecretError && before.kind !== 'not-found') throw before
      const method = before instanceof StoredSecret ? 'PATCH' : 'POST'
      const answer = await call(method, path, { json, names: [name] })
      const { secret } = readJson<{ secret: ApiSecret }>(answer)
      return { name, ...(secret?.version !== undefined && { version: String(secret.version) }) }
    },
    async remove(name) {
      await call('DELETE', `/api/v3/secrets/raw/${encodeURIComponent(name)}`, { json: place, names: [name] })
    },
  }
  return vault

  async function readOne(name: string, version?: number, signal?: AbortSignal): Promise<StoredSecret> {
    const query = new URLSearchParams({
      ...place,
      expandSecretReferences: 'true',
      ...(version !== undefined && { version: String(version) }),
    })
    const path = `/api/v3/secrets/raw/${encodeURIComponent(name)}?${query}`
    const { secret = {} } = readJson<{ secret: ApiSecret }>(
      await call('GET', path, { names: [name], signal }),
    )
    return toSecret(secret)
  }

  async function readAll(signal?: AbortSignal): Promise<StoredSecret[]> {
    const query = new URLSearchParams({ ...place, expandSecretReferences: 'true' })
    const { secrets = [] } = readJson<{ secrets: ApiSecret[] }>(
      await call('GET', `/api/v3/secrets/raw?${query}`, { signal }),
    )
    return secrets.map(toSecret)
  }

  function toSecret({ secretKey = '', secretValue = '', version, updatedAt }: ApiSecret): StoredSecret {
    return new StoredSecret(secretValue, {
      name: secretKey,
      store,
      ...(version !== undefined && { version: String(version) }),
      ...(updatedAt && { created: new Date(updatedAt) }),
    })
  }

  async function call(
    method: string,
    path: string,
    more: { json?: unknown; names?: readonly string[]; signal?: AbortSignal | undefined },
  ): Promise<HttpAnswer> {
    const { json, names = [], signal } = more
    const headers = { authorization: `Bearer ${await token()}` }
    const answer = await sendJson(
      { url: origin + path, method, headers, json, signal },
      { store, stage, names },
    )
    if (answer.status < 300) return answer
    const { message } = readJson<{ message: string }>(answer)
    const exists = answer.status === 400 && /already exist/i.test(message ?? '')
    throw errorOfAnswer(
      answer,
      { store, stage, names },
      { ...(exists && { kind: 'already-exists' }), reason: message },
    )
  }

  /** A given token, or the login of a machine identity. */
  function token(): Promise<string> {
    if (env.INFISICAL_TOKEN) return Promise.resolve(env.INFISICAL_TOKEN)
    login ??= logIn().catch(error => {
      login = undefined
      throw error
    })
    return login
  }

  async function logIn(): Promise<string> {
    const clientId = env.INFISICAL_UNIVERSAL_AUTH_CLIENT_ID
    const clientSecret = env.INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET
    const hint =
      'Set INFISICAL_TOKEN, or the id and secret of a machine identity; docs/vaults.md has the names.'
    if (!clientId || !clientSecret)
      throw new SecretError('unauthenticated', { store, reason: 'there is no token', hint })
    const url = `${origin}/api/v1/auth/universal-auth/login`
    const answer = await sendJson({ url, method: 'POST', json: { clientId, clientSecret } }, { store })
    const { accessToken } = readJson<{ accessToken: string }>(answer)
    if (answer.status === 200 && accessToken) return accessToken
    throw errorOfAnswer(answer, { store }, answer.status < 429 ? { kind: 'unauthenticated' } : {})
  }
}
