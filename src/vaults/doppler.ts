/** Doppler: a project has configs, which are its stages. https://docs.doppler.com/reference/api */
import { UserError } from '../errors.ts'
import type { VaultSettings } from '../settings/settings-schema.ts'
import type { HttpAnswer } from '../system/http-request.ts'
import { checkCondition } from './check-condition.ts'
import { errorOfAnswer, readJson, sendJson } from './http.ts'
import type { OpenedFor } from './index.ts'
import { SecretError } from './secret-error.ts'
import { StoredSecret, type Vault, type VaultLimits, type VaultWorld } from './vault.ts'

const limits: VaultLimits = {
  name: {
    pattern: /^[A-Z_][A-Z0-9_]*$/,
    maxLength: 255,
    caseSensitive: true,
    rule: 'capitals, digits and underscores',
  },
  maxBytes: 50 * 1024,
  emptyAllowed: true,
  refusesValue: value =>
    /\$\{[^}]*\}/.test(value) ? 'Doppler would replace a dollar with braces by another entry' : undefined,
  // One request reads a whole config.
  batch: Number.POSITIVE_INFINITY,
  writesPerSecond: 4,
  conditionalPut: { ifAbsent: false, ifVersion: false },
  versions: false,
  readable: true,
}

/** Doppler's own, in every config. */
const builtIn = ['DOPPLER_CONFIG', 'DOPPLER_ENVIRONMENT', 'DOPPLER_PROJECT']

type Values = Record<string, { computed?: string | null }>

export function createDopplerVault(
  settings: VaultSettings,
  { store, stage }: OpenedFor,
  { env }: VaultWorld,
): Vault {
  const origin = (settings.endpoint ?? 'https://api.doppler.com').replace(/\/+$/, '')
  const place = {
    project: settings.project ?? env.DOPPLER_PROJECT ?? '',
    config: settings.config ?? env.DOPPLER_CONFIG ?? stage,
  }
  if (place.project === '') throw new UserError(`${store}: which project?`, 'Write --vault doppler:PROJECT.')
  const vault: Vault = {
    store,
    stage,
    limits: () => limits,
    address: name => name,
    async get(name, { version, signal } = {}) {
      const value = (await readAll([name], signal)).get(name)
      if (value === undefined) throw new SecretError('not-found', { store, stage, names: [name] })
      if (version !== undefined && version !== 'current')
        throw new SecretError('version-not-found', { store, stage, names: [name] })
      return new StoredSecret(value, { name, store })
    },
    async getMany(wanted, { signal } = {}) {
      if (wanted.length === 0) return []
      const names = wanted.map(({ name }) => name)
      const values = await readAll(names, signal)
      return wanted.map(({ name, version }) => {
        const value = values.get(name)
        const about = { store, stage, names: [name] }
        if (value === undefined) return new SecretError('not-found', about)
        if (version !== undefined && version !== 'current') return new SecretError('version-not-found', about)
        return new StoredSecret(value, { name, store })
      })
    },
    async page({ prefix = '', signal } = {}) {
      const answer = await call('GET', 'secrets/names', {
        query: { include_managed_secrets: 'false' },
        signal,
      })
      const { names = [] } = readJson<{ names: string[] }>(answer)
      const own = names.filter(name => name.startsWith(prefix) && !builtIn.includes(name))
      return { entries: own.map(name => ({ name })) }
    },
    async valuePage({ prefix = '', signal } = {}) {
      const values = [...(await readAll([], signal))].filter(([name]) => name.startsWith(prefix))
      return { secrets: values.map(([name, value]) => new StoredSecret(value, { name, store })) }
    },
    async put(name, value, condition = {}) {
      await checkCondition(vault, name, condition)
      await call('POST', 'secrets', {
        json: { ...place, secrets: { [name]: value.reveal() } },
        names: [name],
      })
      return { name }
    },
    async remove(name) {
      await vault.get(name)
      await call('DELETE', 'secret', { query: { name }, names: [name] })
    },
  }
  return vault

  async function readAll(names: readonly string[], signal?: AbortSignal): Promise<Map<string, string>> {
    const query = { include_managed_secrets: 'false', ...(names.length > 0 && { secrets: names.join(',') }) }
    const answer = await call('GET', 'secrets', { query, names, signal })
    const { secrets = {} } = readJson<{ secrets: Values }>(answer)
    return new Map(
      Object.entries(secrets).flatMap(([name, { computed }]) =>
        typeof computed === 'string' && !builtIn.includes(name) ? [[name, computed] as const] : [],
      ),
    )
  }

  async function call(
    method: string,
    path: string,
    more: {
      query?: Record<string, string>
      json?: unknown
      names?: readonly string[]
      signal?: AbortSignal | undefined
    },
  ): Promise<HttpAnswer> {
    const { query = {}, json, names = [], signal } = more
    if (!env.DOPPLER_TOKEN)
      throw new SecretError('unauthenticated', {
        store,
        reason: 'there is no token',
        hint: 'Set DOPPLER_TOKEN.',
      })
    const url = `${origin}/v3/configs/config/${path}?${new URLSearchParams({ ...place, ...query })}`
    const headers = { authorization: `Bearer ${env.DOPPLER_TOKEN}` }
    const answer = await sendJson({ url, method, headers, json, signal }, { store, stage, names })
    if (answer.status < 300) return answer
    const { messages } = readJson<{ messages: string[] }>(answer)
    throw errorOfAnswer(answer, { store, stage, names }, { reason: messages?.join('; ') })
  }
}
