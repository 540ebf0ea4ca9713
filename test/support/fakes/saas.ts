/** The interfaces of GitHub Actions' secrets, Doppler, Infisical, 1Password Connect and Kubernetes, as their references say. */
import { type FakeAnswer, type FakeRequest, type FakeServer, serveFake } from './serve.ts'

export interface FakeStore extends FakeServer {
  reset(): void
}

type Handle = (request: FakeRequest) => FakeAnswer

/** A server whose entries are forgotten by `reset`. */
async function serveStore(create: () => Handle): Promise<FakeStore> {
  let handle = create()
  const server = await serveFake(request => handle(request))
  return Object.assign(server, {
    reset() {
      handle = create()
      server.failEvery(0, { status: 500 })
    },
  })
}

const ok = (body: unknown): FakeAnswer => ({ status: 200, body })
const bearer = ({ headers }: FakeRequest, token: string) => headers.authorization === `Bearer ${token}`
const jsonOf = ({ body }: FakeRequest) => (body === '' ? {} : JSON.parse(body))

/** `keys` is libsodium's box key pair; what arrives must open with it. */
export function fakeGitHub(
  publicKey: string,
  open: (sealed: string) => string,
): Promise<FakeStore & { values: Map<string, string> }> {
  const values = new Map<string, string>()
  return serveStore(() => {
    values.clear()
    return request => {
      if (!bearer(request, 'token')) return { status: 401, body: { message: 'Bad credentials' } }
      const { method, url } = request
      const name = /^\/repos\/o\/r\/(?:environments\/production|actions)\/secrets(?:\/(.+))?$/.exec(
        url.pathname,
      )?.[1]
      if (!/^\/repos\/o\/r\/(?:environments\/production|actions)\/secrets/.test(url.pathname))
        return { status: 404, body: { message: 'Not Found' } }
      if (name === 'public-key') return ok({ key: publicKey, key_id: '1' })
      if (name === undefined) {
        const page = Number(url.searchParams.get('page'))
        const all = [...values.keys()].slice((page - 1) * 100, page * 100)
        const secrets = all.map(one => ({ name: one, updated_at: '2026-01-01T00:00:00Z' }))
        return ok({ total_count: values.size, secrets })
      }
      if (method === 'GET')
        return values.has(name) ? ok({ name }) : { status: 404, body: { message: 'Not Found' } }
      if (method === 'DELETE') return values.delete(name) ? { status: 204 } : { status: 404, body: {} }
      const { key_id, encrypted_value } = jsonOf(request)
      if (key_id !== '1' || name.startsWith('GITHUB_'))
        return { status: 422, body: { message: 'Validation failed' } }
      const isNew = !values.has(name)
      values.set(name, open(encrypted_value))
      return { status: isNew ? 201 : 204, body: isNew ? {} : undefined }
    }
  }).then(server => Object.assign(server, { values }))
}

export function fakeDoppler(): Promise<FakeStore> {
  return serveStore(() => {
    const values = new Map<string, string>([['DOPPLER_CONFIG', 'production']])
    return request => {
      if (!bearer(request, 'token')) return { status: 401, body: { messages: ['Invalid Auth token'] } }
      const { method, url } = request
      const json = jsonOf(request)
      const at = (name: string) => url.searchParams.get(name) ?? json[name]
      if (at('project') !== 'p' || at('config') !== 'production')
        return { status: 404, body: { messages: ['Could not find requested config'] } }
      if (url.pathname.endsWith('/secrets/names')) return ok({ names: [...values.keys()] })
      if (url.pathname.endsWith('/secret') && method === 'DELETE') {
        values.delete(url.searchParams.get('name') ?? '')
        return { status: 204 }
      }
      for (const [name, value] of Object.entries<string>(method === 'POST' ? json.secrets : {})) {
        if (!/^[A-Z_][A-Z0-9_]*$/.test(name)) return { status: 400, body: { messages: [`bad name ${name}`] } }
        if (Buffer.byteLength(value) > 50 * 1024) return { status: 400, body: { messages: ['too large'] } }
        values.set(name, value)
      }
      const wanted = url.searchParams.get('secrets')?.split(',')
      const shown = [...values].filter(([name]) => !wanted || wanted.includes(name))
      return ok({ secrets: Object.fromEntries(shown.map(([name, raw]) => [name, { raw, computed: raw }])) })
    }
  })
}

export function fakeInfisical(): Promise<FakeStore> {
  return serveStore(() => {
    const values = new Map<string, string[]>()
    return request => {
      const { method, url } = request
      const json = jsonOf(request)
      if (url.pathname === '/api/v1/auth/universal-auth/login')
        return json.clientSecret === 'pass'
          ? ok({ accessToken: 'token' })
          : { status: 401, body: { message: 'no' } }
      if (!bearer(request, 'token')) return { status: 401, body: { message: 'Token missing' } }
      const environment = url.searchParams.get('environment') ?? json.environment
      if (environment !== 'production') return { status: 404, body: { message: 'no such environment' } }
      const name = decodeURIComponent(/\/secrets\/raw\/(.+)$/.exec(url.pathname)?.[1] ?? '')
      const tell = (key: string, version = values.get(key)?.length ?? 0) => ({
        secretKey: key,
        secretValue: values.get(key)?.[version - 1],
        version,
        updatedAt: '2026-01-01T00:00:00Z',
      })
      if (name === '') return ok({ secrets: [...values.keys()].map(key => tell(key)) })
      const known = values.get(name)
      if (method === 'POST' && known) return { status: 400, body: { message: 'Secret already exist' } }
      if (method !== 'POST' && !known)
        return { status: 404, body: { message: `Secret with name '${name}' not found` } }
      if (method === 'DELETE') values.delete(name)
      if (method === 'POST' || method === 'PATCH') values.set(name, [...(known ?? []), json.secretValue])
      const version = Number(url.searchParams.get('version') ?? values.get(name)?.length ?? 0)
      return ok({ secret: tell(name, version) })
    }
  })
}

export function fakeConnect(): Promise<FakeStore> {
  return serveStore(() => {
    interface Item {
      id: string
      title: string
      version: number
      fields?: { value?: string }[]
    }
    const items = new Map<string, Item>()
    let ids = 0
    return request => {
      if (!bearer(request, 'token')) return { status: 401, body: { message: 'Invalid bearer token' } }
      const { method, url } = request
      if (url.pathname === '/v1/vaults') return ok([{ id: 'v1', name: 'Team' }])
      const id = /^\/v1\/vaults\/v1\/items(?:\/(.+))?$/.exec(url.pathname)?.[1]
      if (method === 'POST') {
        const item = { ...jsonOf(request), id: `i${++ids}`, version: 1 }
        items.set(item.id, item)
        return ok(item)
      }
      if (id === undefined) return ok([...items.values()].map(({ fields, ...item }) => item))
      const known = items.get(id)
      if (!known) return { status: 404, body: { message: 'Item not found' } }
      if (method === 'PUT') items.set(id, { ...jsonOf(request), id, version: known.version + 1 })
      if (method === 'DELETE') {
        items.delete(id)
        return { status: 204 }
      }
      return ok(items.get(id))
    }
  })
}

export function fakeKubernetes(): Promise<FakeStore> {
  return serveStore(() => {
    let object:
      | { data: Record<string, string>; metadata: { name: string; resourceVersion: string } }
      | undefined
    let version = 100
    return request => {
      if (!bearer(request, 'token')) return { status: 401, body: { message: 'Unauthorized' } }
      const { method, url, headers } = request
      if (!url.pathname.startsWith('/api/v1/namespaces/shop/secrets'))
        return { status: 403, body: { message: 'secrets is forbidden: User "u" cannot get resource' } }
      const json = jsonOf(request)
      if (method === 'POST') {
        if (object) return { status: 409, body: { message: 'already exists' } }
        object = { ...json, metadata: { ...json.metadata, resourceVersion: String(++version) } }
        return ok(object)
      }
      if (!object) return { status: 404, body: { message: 'secrets "app" not found' } }
      if (method === 'PATCH') {
        if (headers['content-type'] !== 'application/merge-patch+json') return { status: 415, body: {} }
        const wanted = json.metadata?.resourceVersion
        if (wanted !== undefined && wanted !== object.metadata.resourceVersion)
          return { status: 409, body: { message: 'the object has been modified' } }
        const data = Object.entries<string | null>({ ...object.data, ...json.data }).filter(
          ([, value]) => value !== null,
        )
        if (JSON.stringify(data).length > 1.4 * 1024 * 1024)
          return { status: 422, body: { message: 'Too long' } }
        object = {
          data: Object.fromEntries(data.map(([name, value]) => [name, String(value)])),
          metadata: { ...object.metadata, resourceVersion: String(++version) },
        }
      }
      return ok(object)
    }
  })
}
