/** Secrets of GitHub Actions: written, listed and deleted, never read. https://docs.github.com/rest/actions/secrets */
import { UserError } from '../../errors.ts'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import type { HttpAnswer } from '../../system/http-request.ts'
import { errorOfAnswer, readJson, sendJson } from '../http.ts'
import type { OpenedFor } from '../index.ts'
import { SecretError, type SecretErrorKind } from '../secret-error.ts'
import type { Vault, VaultLimits, VaultWorld } from '../vault.ts'

const limits: VaultLimits = {
  name: {
    pattern: /^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/,
    maxLength: 255,
    caseSensitive: false,
    rule: 'letters, digits and underscores, not beginning with a digit or GITHUB_',
  },
  maxBytes: 48 * 1024,
  emptyAllowed: true,
  batch: 1,
  // GitHub asks for a second between writes.
  writesPerSecond: 1,
  conditionalPut: { ifAbsent: false, ifVersion: false },
  versions: false,
  readable: false,
}

interface ListedSecret {
  name?: string
  updated_at?: string
}

export function createGitHubVault(settings: VaultSettings, about: OpenedFor, { env }: VaultWorld): Vault {
  const { store } = about
  const origin = (settings.endpoint ?? env.GITHUB_API_URL ?? 'https://api.github.com').replace(/\/+$/, '')
  const base = `${origin}/${placeOf(settings, about, env)}/secrets`
  const fail = (kind: SecretErrorKind, name: string, reason?: string) =>
    new SecretError(kind, { store, names: [name], reason, retryable: false })
  let publicKey: Promise<{ key: string; key_id: string }> | undefined
  return {
    store,
    stage: undefined,
    limits: () => limits,
    // GitHub keeps names in capitals.
    address: name => name.toUpperCase(),
    async get(name) {
      throw unreadable(name)
    },
    getMany: async wanted => wanted.map(({ name }) => unreadable(name)),
    async page({ prefix = '', cursor = '1', signal } = {}) {
      const answer = await call('GET', `?per_page=100&page=${cursor}`, [], { signal })
      if (answer.status !== 200) throw errorOf(answer, [])
      const { secrets = [], total_count = 0 } = readJson<{ secrets: ListedSecret[]; total_count: number }>(
        answer,
      )
      const entries = secrets.flatMap(({ name = '', updated_at }) =>
        name.startsWith(prefix.toUpperCase())
          ? [{ name, ...(updated_at && { updated: new Date(updated_at) }) }]
          : [],
      )
      return { entries, ...(Number(cursor) * 100 < total_count && { cursor: String(Number(cursor) + 1) }) }
    },
    async put(name, value, { ifAbsent, ifVersion } = {}) {
      if (ifVersion !== undefined) throw fail('conflict', name, 'GitHub keeps no versions')
      const { status } = ifAbsent ? await call('GET', `/${name}`, [name]) : { status: 404 }
      if (status === 200) throw fail('already-exists', name)
      publicKey ??= readPublicKey().catch(error => {
        publicKey = undefined
        throw error
      })
      const { key, key_id } = await publicKey
      const { seal } = await import('./seal.ts')
      const sealed = seal(Buffer.from(value.reveal()), Buffer.from(key, 'base64'))
      const json = {
        key_id,
        encrypted_value: Buffer.from(sealed).toString('base64'),
        ...(settings.organization && { visibility: 'private' }),
      }
      const answer = await call('PUT', `/${name}`, [name], { json })
      if (answer.status !== 201 && answer.status !== 204) {
        publicKey = undefined
        throw errorOf(answer, [name])
      }
      return { name: name.toUpperCase() }
    },
    async remove(name) {
      const answer = await call('DELETE', `/${name}`, [name])
      if (answer.status !== 204) throw errorOf(answer, [name])
    },
  }

  function unreadable(name: string): SecretError {
    return new SecretError('access-denied', {
      store,
      names: [name],
      reason: 'GitHub never gives a value back',
      hint: 'A workflow reads it as secrets.NAME; for everything else keep the value in another vault, too.',
    })
  }

  async function readPublicKey(): Promise<{ key: string; key_id: string }> {
    const answer = await call('GET', '/public-key', [])
    const { key, key_id } = readJson<{ key: string; key_id: string }>(answer)
    if (answer.status !== 200 || !key || !key_id) throw errorOf(answer, [])
    return { key, key_id }
  }

  function call(
    method: string,
    path: string,
    names: readonly string[],
    more: { json?: unknown; signal?: AbortSignal | undefined } = {},
  ): Promise<HttpAnswer> {
    const token = env.GH_TOKEN || env.GITHUB_TOKEN
    if (!token)
      throw new SecretError('unauthenticated', {
        store,
        reason: 'there is no token',
        hint: 'Set GH_TOKEN; "gh auth token" prints the one of gh.',
      })
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      'user-agent': 'stanch',
    }
    return sendJson({ url: base + path, method, headers, ...more }, { store, names })
  }

  /** GitHub says with 403 that the rate is exceeded, too. */
  function errorOf(answer: HttpAnswer, names: readonly string[]): SecretError {
    const { message } = readJson<{ message: string }>(answer)
    const { headers } = answer
    const isRate =
      answer.status === 403 &&
      (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined)
    return errorOfAnswer(answer, { store, names }, { ...(isRate && { kind: 'throttled' }), reason: message })
  }
}

/** An environment's secrets, the repository's, or the organization's. */
function placeOf(
  { repository, organization, environment }: VaultSettings,
  { stage, store }: OpenedFor,
  env: NodeJS.ProcessEnv,
): string {
  if (organization) return `orgs/${encodeURIComponent(organization)}/actions`
  const named = repository ?? env.GITHUB_REPOSITORY
  if (!named || !/^[\w.-]+\/[\w.-]+$/.test(named))
    throw new UserError(`${store}: which repository?`, 'Write --vault github:OWNER/NAME.')
  if (!environment) return `repos/${named}/actions`
  return `repos/${named}/environments/${encodeURIComponent(environment.replaceAll('{stage}', stage))}`
}
