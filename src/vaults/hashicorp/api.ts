import { readFileSync } from 'node:fs'
import { UserError } from '../../errors.ts'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import type { HttpAnswer } from '../../system/http-request.ts'
import { errorOfAnswer, readJson, sendJson } from '../http.ts'
import type { SecretError } from '../secret-error.ts'
import type { VaultWorld } from '../vault.ts'
import { createTokenSource } from './login.ts'

export interface Api {
  /** Any answer but refusals and troubles, which are thrown: 404 and 400 mean different things in different places. */
  call(method: string, path: string, about: CallAbout): Promise<HttpAnswer>
  refusal(answer: HttpAnswer, names: readonly string[]): SecretError
}

export interface CallAbout {
  names: readonly string[]
  json?: unknown
  signal?: AbortSignal | undefined
}

/** The HTTP API of a server, with a token on each request. */
export function createApi(settings: VaultSettings, store: string, world: VaultWorld): Api {
  const { env } = world
  const origin = (settings.address ?? env.VAULT_ADDR ?? 'https://127.0.0.1:8200').replace(/\/+$/, '')
  const namespace = settings.vaultNamespace ?? env.VAULT_NAMESPACE
  const ca = env.VAULT_CACERT ? readCertificate(env.VAULT_CACERT) : undefined
  const token = createTokenSource(settings, store, world, async (path, json) => {
    const answer = await request('POST', path, { names: [], json }, {})
    if (answer.status !== 200)
      throw errorOfAnswer(answer, { store }, { kind: loginKind(answer), reason: said(answer) })
    const { auth } = readJson<{ auth: { client_token?: string; lease_duration?: number } }>(answer)
    return {
      ...(auth?.client_token && { token: auth.client_token }),
      ...(auth?.lease_duration && { seconds: auth.lease_duration }),
    }
  })
  return { call, refusal }

  async function call(method: string, path: string, about: CallAbout): Promise<HttpAnswer> {
    const answer = await request(method, path, about, { 'x-vault-token': await token() })
    if (answer.status < 300 || [400, 404].includes(answer.status)) return answer
    throw refusal(answer, about.names)
  }

  function request(
    method: string,
    path: string,
    { names, json, signal }: CallAbout,
    headers: Record<string, string>,
  ) {
    const request = {
      url: `${origin}/v1/${path}`,
      method,
      json,
      signal,
      headers: {
        'x-vault-request': 'true',
        ...(namespace && { 'x-vault-namespace': namespace }),
        ...headers,
      },
      ...(ca && { ca }),
    }
    return sendJson(request, { store, names })
  }

  function refusal(answer: HttpAnswer, names: readonly string[]): SecretError {
    const reason = said(answer)
    if (answer.status === 403 && /invalid token|bad token/i.test(reason))
      return errorOfAnswer(answer, { store, names }, { kind: 'unauthenticated', reason })
    // 412, 472, 473: a node that is behind, or that is no one to ask.
    const kind =
      answer.status === 412 || answer.status > 450 || /sealed/.test(reason) ? 'unavailable' : undefined
    return errorOfAnswer(answer, { store, names }, { ...(kind && { kind }), reason })
  }
}

function loginKind({ status }: HttpAnswer) {
  return status === 429 ? 'throttled' : status >= 500 ? 'unavailable' : 'unauthenticated'
}

function said(answer: HttpAnswer): string {
  return readJson<{ errors: string[] }>(answer).errors?.join('; ') ?? `HTTP ${answer.status}`
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new UserError(`cannot read the certificates "${path}"`, 'Check VAULT_CACERT.')
  }
}
