/**
 * Tokens of Microsoft Entra ID for Key Vault, from the first of: a client's secret or a federated token in the
 * environment, the managed identity of App Service or of a machine, or whoever has logged in with `az`.
 */
import { readFileSync } from 'node:fs'
import type { HttpAnswer } from '../../system/http-request.ts'
import { runProcess } from '../../system/process.ts'
import { errorOfAnswer, readJson, sendJson } from '../http.ts'
import { SecretError } from '../secret-error.ts'
import type { VaultWorld } from '../vault.ts'

const RESOURCE = 'https://vault.azure.net'
const MACHINE = 'http://169.254.169.254/metadata/identity/oauth2/token'

interface Token {
  token: string
  seconds: number
}

export function createAzureTokenSource(store: string, { env, now }: VaultWorld): () => Promise<string> {
  let current: { token: string; untilMs: number } | undefined
  return async () => {
    if (current && now().getTime() < current.untilMs) return current.token
    const { token, seconds } = await askEntra(store, env)
    current = { token, untilMs: now().getTime() + Math.max(0, seconds - 120) * 1000 }
    return token
  }
}

async function askEntra(store: string, env: NodeJS.ProcessEnv): Promise<Token> {
  const found = (await askClient(store, env)) ?? (await askIdentity(store, env)) ?? (await askAz(env))
  if (found) return found
  throw new SecretError('unauthenticated', {
    store,
    reason: 'there are no credentials',
    hint: 'Run "az login", or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.',
  })
}

async function askClient(store: string, env: NodeJS.ProcessEnv): Promise<Token | undefined> {
  const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: id, AZURE_CLIENT_SECRET: secret } = env
  const federated = env.AZURE_FEDERATED_TOKEN_FILE
  if (!tenant || !id || (!secret && !federated)) return undefined
  const host = (env.AZURE_AUTHORITY_HOST || 'https://login.microsoftonline.com').replace(/\/+$/, '')
  const proof = secret
    ? { client_secret: secret }
    : {
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: readAssertion(federated ?? '', store),
      }
  const form = { grant_type: 'client_credentials', client_id: id, scope: `${RESOURCE}/.default`, ...proof }
  const answer = await sendJson(
    { url: `${host}/${tenant}/oauth2/v2.0/token`, method: 'POST', form },
    { store },
  )
  return demandToken(answer, store)
}

function readAssertion(path: string, store: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    throw new SecretError('unauthenticated', { store, reason: `"${path}" cannot be read` })
  }
}

/** App Service says where to ask; a machine is asked at a fixed address, which does not answer elsewhere. */
async function askIdentity(store: string, env: NodeJS.ProcessEnv): Promise<Token | undefined> {
  const client = env.AZURE_CLIENT_ID ? { client_id: env.AZURE_CLIENT_ID } : {}
  const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header } = env
  if (endpoint && header) {
    const query = new URLSearchParams({ 'api-version': '2019-08-01', resource: RESOURCE, ...client })
    const headers = { 'x-identity-header': header }
    return demandToken(await sendJson({ url: `${endpoint}?${query}`, headers }, { store }), store)
  }
  const query = new URLSearchParams({ 'api-version': '2018-02-01', resource: RESOURCE, ...client })
  try {
    const url = `${env.AZURE_POD_IDENTITY_AUTHORITY_HOST ? `${env.AZURE_POD_IDENTITY_AUTHORITY_HOST}/metadata/identity/oauth2/token` : MACHINE}?${query}`
    const answer = await sendJson({ url, headers: { metadata: 'true' }, timeoutMs: 1000 }, { store })
    return answer.status === 200 ? demandToken(answer, store) : undefined
  } catch (error) {
    if (error instanceof SecretError && error.kind === 'unavailable') return undefined
    throw error
  }
}

async function askAz(env: NodeJS.ProcessEnv): Promise<Token | undefined> {
  const args = ['account', 'get-access-token', '--resource', RESOURCE, '--output', 'json']
  const { code, stdout } = await runProcess('az', args, { env })
  if (code !== 0) return undefined
  const { accessToken } = readJson<{ accessToken: string }>({
    status: 200,
    headers: {},
    text: stdout.toString('utf8'),
  })
  return accessToken ? { token: accessToken, seconds: 600 } : undefined
}

function demandToken(answer: HttpAnswer, store: string): Token {
  const said = readJson<{ access_token: string; expires_in: number | string; error_description: string }>(
    answer,
  )
  if (answer.status === 200 && said.access_token)
    return { token: said.access_token, seconds: Number(said.expires_in ?? 0) }
  if (answer.status === 429 || answer.status >= 500) throw errorOfAnswer(answer, { store })
  const reason = said.error_description ?? `HTTP ${answer.status}`
  throw new SecretError('unauthenticated', { store, reason })
}
