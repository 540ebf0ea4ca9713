/** Key Vault's secrets and the logins before them; `test/real/fakes.test.ts` has Microsoft's own client use it. */
import { type FakeAnswer, type FakeRequest, type FakeServer, serveFake } from './serve.ts'

interface Version {
  id: string
  value: string
  tags: Record<string, string>
  created: number
  enabled: boolean
}

export const azureThrottle: FakeAnswer = {
  status: 429,
  body: { error: { code: 'Throttled', message: 'too many requests' } },
  headers: { 'retry-after': '1' },
}

export async function fakeAzure(): Promise<FakeServer & { reset(): void }> {
  const secrets = new Map<string, { name: string; versions: Version[] }>()
  const deleted = new Map<string, { name: string; versions: Version[] }>()
  /** Those that are asked for once before they are back. */
  const coming = new Set<string>()
  let clock = 1_700_000_000
  let ids = 0
  const server = await serveFake(answer)
  return Object.assign(server, {
    reset() {
      secrets.clear()
      deleted.clear()
      server.failEvery(0, azureThrottle)
    },
  })

  function answer({ method, url, headers, body }: FakeRequest): FakeAnswer {
    if (url.pathname.endsWith('/oauth2/v2.0/token')) return logIn(new URLSearchParams(body))
    if (!headers.authorization)
      return {
        ...refuse(401, 'Unauthorized', 'AKV10000: Request is missing a Bearer or PoP token.'),
        headers: {
          'www-authenticate': `Bearer authorization="${server.origin}/tenant", resource="https://vault.azure.net"`,
        },
      }
    if (headers.authorization !== 'Bearer fake')
      return refuse(401, 'Unauthorized', 'AKV10032: Invalid issuer.')
    if (!url.searchParams.has('api-version'))
      return refuse(400, 'BadParameter', 'api-version must be specified')
    const [kind, name = '', version] = url.pathname.split('/').filter(Boolean)
    if (kind === 'deletedsecrets' && version === 'recover' && method === 'POST') return recover(name)
    if (kind !== 'secrets') return refuse(404, 'NotFound', 'no route')
    const json = body === '' ? {} : JSON.parse(body)
    if (name === '') return list(url)
    if (!/^[0-9A-Za-z-]{1,127}$/.test(name))
      return refuse(400, 'BadParameter', 'The request URI contains an invalid name')
    if (method === 'PUT') return set(name, json)
    const secret = secrets.get(name.toLowerCase())
    if (!secret || coming.delete(name.toLowerCase()))
      return refuse(404, 'SecretNotFound', `A secret with (name/id) ${name} was not found in this key vault.`)
    if (method === 'DELETE') return remove(secret)
    if (version === 'versions') return listVersions(secret, url)
    const found = version ? secret.versions.find(({ id }) => id === version) : secret.versions.at(-1)
    return found
      ? ok(bundle(secret.name, found, true))
      : refuse(404, 'SecretNotFound', `A secret with (name/id) ${name}/${version} was not found.`)
  }

  function logIn(form: URLSearchParams): FakeAnswer {
    const right = form.get('client_id') === 'id' && form.get('client_secret') === 'pass'
    return right && form.get('scope') === 'https://vault.azure.net/.default'
      ? ok({ access_token: 'fake', expires_in: 3600, token_type: 'Bearer' })
      : {
          status: 401,
          body: { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret.' },
        }
  }

  function set(
    name: string,
    { value, tags = {} }: { value?: string; tags?: Record<string, string> },
  ): FakeAnswer {
    if (deleted.has(name.toLowerCase()))
      return {
        status: 409,
        body: {
          error: {
            code: 'Conflict',
            message: `Secret ${name} is currently in a deleted but recoverable state`,
            innererror: { code: 'ObjectIsDeletedButRecoverable' },
          },
        },
      }
    if (!value || Buffer.byteLength(value) > 25 * 1024)
      return refuse(400, 'BadParameter', `bad value ${value}`)
    const secret = secrets.get(name.toLowerCase()) ?? { name, versions: [] }
    const version = {
      id: String(++ids).padStart(32, '0'),
      value,
      tags,
      created: ++clock,
      enabled: true,
    }
    secret.versions.push(version)
    secrets.set(name.toLowerCase(), secret)
    return ok(bundle(secret.name, version, true))
  }

  function remove(secret: { name: string; versions: Version[] }): FakeAnswer {
    secrets.delete(secret.name.toLowerCase())
    deleted.set(secret.name.toLowerCase(), secret)
    return ok({
      ...bundle(secret.name, secret.versions.at(-1)!, false),
      recoveryId: `${server.origin}/deletedsecrets/${secret.name}`,
      deletedDate: clock,
      scheduledPurgeDate: clock + 90 * 86_400,
    })
  }

  function recover(name: string): FakeAnswer {
    const secret = deleted.get(name.toLowerCase())
    if (!secret) return refuse(404, 'SecretNotFound', `Deleted Secret ${name} not found`)
    deleted.delete(name.toLowerCase())
    secrets.set(name.toLowerCase(), secret)
    coming.add(name.toLowerCase())
    return ok(bundle(secret.name, secret.versions.at(-1)!, false))
  }

  /** An empty page between the others. */
  function list(url: URL): FakeAnswer {
    const all = [...secrets.values()]
    const token = url.searchParams.get('$skiptoken') ?? '0'
    const from = Number(token.replace('e', ''))
    const link = (next: string) => `${server.origin}/secrets?api-version=7.4&$skiptoken=${next}`
    if (token !== '0' && !token.startsWith('e')) return ok({ value: [], nextLink: link(`e${from}`) })
    const value = all.slice(from, from + 5).map(secret => {
      const { value: _value, ...about } = bundle(secret.name, secret.versions.at(-1)!, false)
      return { ...about, id: `${server.origin}/secrets/${secret.name}` }
    })
    return ok({ value, nextLink: from + 5 < all.length ? link(String(from + 5)) : null })
  }

  function listVersions({ name, versions }: { name: string; versions: Version[] }, url: URL): FakeAnswer {
    const from = Number(url.searchParams.get('$skiptoken') ?? 0)
    const next = from + 5 < versions.length
    return ok({
      value: versions.slice(from, from + 5).map(version => bundle(name, version, false)),
      nextLink: next
        ? `${server.origin}/secrets/${name}/versions?api-version=7.4&$skiptoken=${from + 5}`
        : null,
    })
  }

  function bundle(name: string, { id, value, tags, created, enabled }: Version, open: boolean) {
    return {
      ...(open ? { value } : {}),
      id: `${server.origin}/secrets/${name}/${id}`,
      attributes: {
        enabled,
        created,
        updated: created,
        recoveryLevel: 'Recoverable+Purgeable',
        recoverableDays: 90,
      },
      tags,
    }
  }
}

function ok(body: unknown): FakeAnswer {
  return { status: 200, body, headers: { 'content-type': 'application/json; charset=utf-8' } }
}

function refuse(status: number, code: string, message: string): FakeAnswer {
  return { status, body: { error: { code, message } } }
}
