/** The KV engines of Vault: `secret/` is version 2, `old/` version 1; logins with AppRole, Kubernetes and JWT. */
import { type FakeAnswer, type FakeRequest, type FakeServer, serveFake } from './serve.ts'

interface Version {
  data: Record<string, unknown>
  created_time: string
  deletion_time: string
}

export const vaultThrottle: FakeAnswer = {
  status: 429,
  body: { errors: ['request rate limit quota exceeded'] },
}

export interface FakeVault extends FakeServer {
  reset(): void
  /** Ends all tokens that logins gave. */
  expire(): void
  state: { sealed: boolean }
  logins: { path: string; body: Record<string, string> }[]
}

export async function fakeHashicorp(): Promise<FakeVault> {
  const kv2 = new Map<string, Version[]>()
  const kv1 = new Map<string, Record<string, unknown>>()
  const tokens = new Set<string>()
  const state = { sealed: false }
  const logins: FakeVault['logins'] = []
  let clock = Date.parse('2026-01-01T00:00:00Z')
  const server = await serveFake(answer)
  return Object.assign(server, {
    logins,
    state,
    reset() {
      kv2.clear()
      kv1.clear()
      logins.length = 0
      state.sealed = false
      server.failEvery(0, vaultThrottle)
    },
    expire: () => tokens.clear(),
  })

  function answer({ method, url, headers, body }: FakeRequest): FakeAnswer {
    if (state.sealed) return refuse(503, 'Vault is sealed')
    const path = decodeURIComponent(url.pathname.replace('/v1/', ''))
    const json = body === '' ? {} : JSON.parse(body)
    const login = /^auth\/([^/]+)\/login$/.exec(path)
    if (login) return logIn(login[1]!, json)
    const token = String(headers['x-vault-token'] ?? '')
    if (token !== 'root' && !tokens.has(token)) return refuse(403, 'permission denied', 'invalid token')
    if (path === 'sys/internal/ui/mounts/secret') return ok({ data: { options: { version: '2' } } })
    if (path === 'sys/internal/ui/mounts/old') return ok({ data: { options: null } })
    const [mount, ...rest] = path.split('/')
    if (mount === 'old') return first(method, rest.join('/'), url, json)
    const [kind = '', ...name] = rest
    return kind === 'metadata'
      ? metadata(method, name.join('/'), url)
      : second(method, `${name.join('/')}`, url, json)
  }

  function logIn(kind: string, body: Record<string, string>): FakeAnswer {
    logins.push({ path: kind, body })
    const right =
      kind === 'approle'
        ? body['role_id'] === 'r' && body['secret_id'] === 's'
        : body['role'] === 'app' && body['jwt'] === 'jwt'
    if (!right) return refuse(400, 'invalid role or secret ID')
    const token = `t${logins.length}`
    tokens.add(token)
    return ok({ auth: { client_token: token, lease_duration: 100 } })
  }

  function second(
    method: string,
    name: string,
    url: URL,
    json: { data?: Version['data']; options?: { cas?: number } },
  ) {
    const versions = kv2.get(name) ?? []
    if (method === 'POST') {
      const cas = json.options?.cas
      if (cas !== undefined && cas !== versions.length)
        return refuse(400, 'check-and-set parameter did not match the current version')
      if (JSON.stringify(json).length > 1024 * 1024) return refuse(413, 'request body too large')
      clock += 1000
      versions.push({ data: json.data ?? {}, created_time: new Date(clock).toISOString(), deletion_time: '' })
      kv2.set(name, versions)
      return ok({ data: { version: versions.length } })
    }
    if (method === 'DELETE') {
      const last = versions.at(-1)
      if (last) last.deletion_time = new Date(clock).toISOString()
      return { status: 204 }
    }
    const number = Number(url.searchParams.get('version') ?? versions.length)
    const found = versions[number - 1]
    if (!found) return refuse(404)
    const about = { version: number, created_time: found.created_time, deletion_time: found.deletion_time }
    if (found.deletion_time) return { status: 404, body: { data: { data: null, metadata: about } } }
    return ok({ data: { data: found.data, metadata: about } })
  }

  function metadata(method: string, name: string, url: URL): FakeAnswer {
    if (url.searchParams.get('list') === 'true') return listed([...kv2.keys()], name)
    const versions = kv2.get(name)
    if (method === 'DELETE') {
      kv2.delete(name)
      return { status: 204 }
    }
    if (!versions) return refuse(404)
    const all = Object.fromEntries(versions.map(({ data, ...about }, index) => [index + 1, about]))
    return ok({ data: { current_version: versions.length, versions: all } })
  }

  function first(method: string, name: string, url: URL, json: Record<string, unknown>): FakeAnswer {
    if (url.searchParams.get('list') === 'true') return listed([...kv1.keys()], name)
    if (method === 'POST') kv1.set(name, json)
    if (method === 'DELETE') kv1.delete(name)
    if (method !== 'GET') return { status: 204 }
    const data = kv1.get(name)
    return data ? ok({ data }) : refuse(404)
  }

  function listed(names: readonly string[], folder: string): FakeAnswer {
    const inner = names.filter(name => name.startsWith(folder)).map(name => name.slice(folder.length))
    const keys = [...new Set(inner.map(name => name.replace(/\/.*/s, '/')))]
    return keys.length > 0 ? ok({ data: { keys } }) : refuse(404)
  }
}

function ok(body: unknown): FakeAnswer {
  return { status: 200, body }
}

function refuse(status: number, ...errors: string[]): FakeAnswer {
  return { status, body: { errors } }
}
