/** Access tokens of Google Cloud: a given one, application default credentials, or the machine's own. */
import { readJson, sendJson } from '../http.ts'
import { SecretError } from '../secret-error.ts'
import type { VaultWorld } from '../vault.ts'

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform'

export function createGcpTokenSource(store: string, { env }: VaultWorld): () => Promise<string> {
  const given = env.GOOGLE_OAUTH_ACCESS_TOKEN || env.CLOUDSDK_AUTH_ACCESS_TOKEN
  let library: Promise<(() => Promise<string>) | undefined> | undefined
  return async () => {
    if (given) return given
    library ??= loadLibrary(store)
    const ask = await library
    return ask ? ask() : askMachine(store, env)
  }
}

/** Google's own library knows all kinds of credentials; it is optional. */
async function loadLibrary(store: string): Promise<(() => Promise<string>) | undefined> {
  try {
    const { GoogleAuth } = await import('google-auth-library')
    const auth = new GoogleAuth({ scopes: SCOPE })
    return async () => {
      const token = await auth.getAccessToken().catch((error: unknown) => {
        throw noCredentials(store, error instanceof Error ? error.message : undefined)
      })
      if (!token) throw noCredentials(store)
      return token
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}

/** Without the library: what Compute Engine, GKE and Cloud Run tell those who run on them. */
async function askMachine(store: string, env: NodeJS.ProcessEnv): Promise<string> {
  const host = env.GCE_METADATA_HOST || 'metadata.google.internal'
  const url = `http://${host}/computeMetadata/v1/instance/service-accounts/default/token`
  try {
    const answer = await sendJson(
      { url, headers: { 'metadata-flavor': 'Google' }, timeoutMs: 3000 },
      { store },
    )
    const { access_token } = readJson<{ access_token: string }>(answer)
    if (answer.status === 200 && access_token) return access_token
  } catch (error) {
    // Not on Google's machines.
    if (!(error instanceof SecretError)) throw error
  }
  throw noCredentials(store)
}

function noCredentials(store: string, reason?: string): SecretError {
  return new SecretError('unauthenticated', {
    store,
    reason: reason ?? 'there are no credentials',
    hint: 'Run "npm install google-auth-library" for application default credentials, or set GOOGLE_OAUTH_ACCESS_TOKEN.',
  })
}
