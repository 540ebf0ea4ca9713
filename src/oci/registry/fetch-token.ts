import { UserError } from '../../errors.ts'
import { isObject } from '../manifest.ts'
import type { RegistryAccess } from './access.ts'
import type { Challenge } from './challenge.ts'
import { readBody, sendRequest } from './http.ts'

type BearerChallenge = Extract<Challenge, { scheme: 'bearer' }>

const MOST_ANSWER = 1024 * 1024

/**
 * Asks the registry's authorization service for a token to pull with.
 * @throws UserError when it is refused, or when asking would send credentials in clear
 */
export async function fetchToken(access: RegistryAccess, challenge: BearerChallenge): Promise<string> {
  const realm = parseRealm(challenge.realm, access.origin)
  const { credentials, tls, repository } = access
  const scope = challenge.scope ?? `repository:${repository}:pull`
  const facts = { scope, ...(challenge.service === undefined ? {} : { service: challenge.service }) }
  const isOAuth = credentials && 'identityToken' in credentials
  for (const [name, value] of Object.entries(facts)) if (!isOAuth) realm.searchParams.set(name, value)
  const response = await sendRequest(realm, {
    tls,
    ...(isOAuth
      ? {
          method: 'POST' as const,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({
            ...facts,
            grant_type: 'refresh_token',
            client_id: 'stanch',
            refresh_token: credentials.identityToken,
          }).toString(),
        }
      : { headers: credentials ? { authorization: basicAuthorization(credentials) } : {} }),
  })
  const body = await readBody(response, MOST_ANSWER)
  const token = response.statusCode === 200 && body ? parseToken(body) : undefined
  if (token !== undefined) return token
  throw new UserError(
    `${realm.host} gives no token to read "${repository}" (status ${response.statusCode})`,
    credentials ? 'Log in anew with "docker login".' : 'Log in with "docker login".',
  )
}

export function basicAuthorization({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

/** The registry names it; it must not talk us out of encryption. */
function parseRealm(text: string, origin: string): URL {
  const realm = URL.canParse(text) ? new URL(text) : undefined
  if (realm?.protocol === 'https:' || (realm?.protocol === 'http:' && origin.startsWith('http:')))
    return realm
  throw new UserError(
    `${new URL(origin).host} names no safe place to ask for a token`,
    'It has to be an https address; use --plain-http only for a registry without TLS.',
  )
}

function parseToken(body: Uint8Array): string | undefined {
  try {
    const answer: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    if (!isObject(answer)) return undefined
    const token = answer.token ?? answer.access_token
    return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : undefined
  } catch {
    // No JSON, so no token.
    return undefined
  }
}
