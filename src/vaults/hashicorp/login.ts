/** Tokens of HashiCorp Vault and OpenBao: given ones, and those that a login gives. */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import { SecretError } from '../secret-error.ts'
import type { VaultWorld } from '../vault.ts'

/** Posts to a path of the API without a token. */
export type Post = (path: string, body: unknown) => Promise<{ token?: string; seconds?: number }>

const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token'

/** Gives a token each time, and logs in anew shortly before the last one ends. */
export function createTokenSource(
  settings: VaultSettings,
  store: string,
  { env, now }: VaultWorld,
  post: Post,
): () => Promise<string> {
  const { auth = guessAuth(env), role = env.VAULT_ROLE } = settings
  let current: { token: string; untilMs: number } | undefined
  let pending: Promise<string> | undefined
  return async () => {
    if (auth === 'token') return readToken(env, store)
    if (current && now().getTime() < current.untilMs) return current.token
    pending ??= logIn().finally(() => {
      pending = undefined
    })
    return pending
  }

  async function logIn(): Promise<string> {
    const { token, seconds = 0 } = await post(`auth/${settings.authMount ?? auth}/login`, credentials())
    if (!token) throw missing('the login gave no token')
    // One without an end is asked for again after an hour.
    current = { token, untilMs: now().getTime() + (seconds > 0 ? seconds * 800 : 3_600_000) }
    return token
  }

  function credentials(): Record<string, string> {
    if (auth === 'approle')
      return {
        role_id: need('VAULT_ROLE_ID', env.VAULT_ROLE_ID),
        ...(env.VAULT_SECRET_ID && { secret_id: env.VAULT_SECRET_ID }),
      }
    const jwt =
      auth === 'kubernetes'
        ? readText(env.VAULT_JWT_FILE ?? SERVICE_ACCOUNT_TOKEN)
        : (env.VAULT_JWT ?? (env.VAULT_JWT_FILE ? readText(env.VAULT_JWT_FILE) : undefined))
    return { role: need('"role" of its settings', role), jwt: need('VAULT_JWT or VAULT_JWT_FILE', jwt) }
  }

  function need(what: string, value: string | undefined): string {
    if (!value) throw missing(`${what} is missing for the login with ${auth}`)
    return value
  }

  function readText(path: string): string {
    try {
      return readFileSync(path, 'utf8').trim()
    } catch {
      throw missing(`"${path}" cannot be read`)
    }
  }

  function missing(reason: string): SecretError {
    return new SecretError('unauthenticated', { store, reason })
  }
}

function guessAuth(env: NodeJS.ProcessEnv): NonNullable<VaultSettings['auth']> {
  return !env.VAULT_TOKEN && env.VAULT_ROLE_ID ? 'approle' : 'token'
}

/** VAULT_TOKEN, else what `vault login` has left. */
function readToken(env: NodeJS.ProcessEnv, store: string): string {
  if (env.VAULT_TOKEN) return env.VAULT_TOKEN
  try {
    const token = readFileSync(join(env.HOME || homedir(), '.vault-token'), 'utf8').trim()
    if (token !== '') return token
  } catch {
    // Nobody has logged in.
  }
  throw new SecretError('unauthenticated', {
    store,
    reason: 'there is no token',
    hint: 'Run "vault login", or set VAULT_TOKEN, or VAULT_ROLE_ID and VAULT_SECRET_ID.',
  })
}
