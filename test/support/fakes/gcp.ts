/** Secret Manager's REST interface; `test/real/fakes.test.ts` has Google's own client use it. */
import { crc32c } from '../../../src/vaults/gcp/crc32c.ts'
import { type FakeAnswer, type FakeRequest, type FakeServer, serveFake } from './serve.ts'

interface Version {
  name: string
  createTime: string
  state: string
  data: string
}

export const gcpThrottle: FakeAnswer = {
  status: 429,
  body: { error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Quota exceeded' } },
}

export async function fakeGcp(): Promise<FakeServer & { reset(): void; state: { damage: boolean } }> {
  const secrets = new Map<string, { name: string; createTime: string; versions: Version[] }>()
  const state = { damage: false }
  let clock = Date.parse('2026-01-01T00:00:00Z')
  const server = await serveFake(answer)
  return Object.assign(server, {
    state,
    reset() {
      secrets.clear()
      state.damage = false
      server.failEvery(0, gcpThrottle)
    },
  })

  function answer({ method, url, headers, body }: FakeRequest): FakeAnswer {
    if (headers.authorization !== 'Bearer fake')
      return refuse(401, 'UNAUTHENTICATED', 'invalid authentication credentials')
    const json = body === '' ? {} : JSON.parse(body)
    const [, project = '', id, rest = ''] =
      /^\/v1\/(projects\/[^/]+)\/secrets(?:\/([^/:]+)(.*))?$/.exec(decodeURIComponent(url.pathname)) ?? []
    if (!project) return refuse(404, 'NOT_FOUND', 'no route')
    if (id === undefined) return method === 'POST' ? create(project, url, json) : list(project, url)
    const secret = secrets.get(`${project}/secrets/${id}`)
    if (!secret)
      return refuse(404, 'NOT_FOUND', `Secret [${project}/secrets/${id}] not found or has no versions.`)
    if (method === 'DELETE') {
      secrets.delete(secret.name)
      return ok({})
    }
    if (rest === '') return ok(describe(secret))
    if (rest === ':addVersion') return addVersion(secret, json)
    const action = /^\/versions(?:\/([^/:]+)(?::(\w+))?)?$/.exec(rest)
    if (!action) return refuse(404, 'NOT_FOUND', 'no route')
    if (action[1] === undefined) return listVersions(secret.versions, url)
    return act(secret.versions, action[1], action[2])
  }

  function create(project: string, url: URL, json: { replication?: unknown }): FakeAnswer {
    const id = url.searchParams.get('secretId') ?? ''
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(id)) return refuse(400, 'INVALID_ARGUMENT', 'secret_id')
    if (!json.replication) return refuse(400, 'INVALID_ARGUMENT', 'replication')
    const name = `${project}/secrets/${id}`
    if (secrets.has(name)) return refuse(409, 'ALREADY_EXISTS', `Secret [${name}] already exists.`)
    const secret = { name, createTime: time(), versions: [] }
    secrets.set(name, secret)
    return ok(describe(secret))
  }

  /** The first page is empty and yet has a successor, which the interface allows. */
  function list(project: string, url: URL): FakeAnswer {
    const wanted = /^name:(.*)$/.exec(url.searchParams.get('filter') ?? '')?.[1] ?? ''
    const all = [...secrets.values()].filter(({ name }) => name.startsWith(project) && name.includes(wanted))
    const token = url.searchParams.get('pageToken')
    if (!token) return ok({ nextPageToken: '0', totalSize: all.length })
    const shown = all.slice(Number(token), Number(token) + 5)
    const next = Number(token) + 5
    return ok({ secrets: shown.map(describe), ...(next < all.length && { nextPageToken: String(next) }) })
  }

  function addVersion(
    secret: { name: string; versions: Version[] },
    json: { payload?: { data?: string; dataCrc32c?: string } },
  ): FakeAnswer {
    const bytes = Buffer.from(json.payload?.data ?? '', 'base64')
    if (bytes.length > 65_536) return refuse(400, 'INVALID_ARGUMENT', 'The payload size exceeds 64KiB')
    if (bytes.length === 0) return refuse(400, 'INVALID_ARGUMENT', 'The payload is empty')
    if (json.payload?.dataCrc32c !== undefined && json.payload.dataCrc32c !== String(crc32c(bytes)))
      return refuse(400, 'INVALID_ARGUMENT', 'checksum')
    const version = {
      name: `${secret.name}/versions/${secret.versions.length + 1}`,
      createTime: time(),
      state: 'ENABLED',
      data: bytes.toString('base64'),
    }
    secret.versions.push(version)
    return ok(describeVersion(version))
  }

  function listVersions(versions: readonly Version[], url: URL): FakeAnswer {
    const from = Number(url.searchParams.get('pageToken') ?? 0)
    const shown = [...versions].reverse().slice(from, from + 5)
    return ok({
      versions: shown.map(describeVersion),
      ...(from + 5 < versions.length && { nextPageToken: String(from + 5) }),
    })
  }

  function act(versions: readonly Version[], wanted: string, action: string | undefined): FakeAnswer {
    const version = wanted === 'latest' ? versions.at(-1) : versions[Number(wanted) - 1]
    if (!version) return refuse(404, 'NOT_FOUND', 'Secret Version not found')
    if (action === 'access') {
      if (version.state !== 'ENABLED')
        return refuse(400, 'FAILED_PRECONDITION', `is in ${version.state} state.`)
      const sum = crc32c(Buffer.from(version.data, 'base64')) + (state.damage ? 1 : 0)
      return ok({ name: version.name, payload: { data: version.data, dataCrc32c: String(sum) } })
    }
    if (action === 'disable') version.state = 'DISABLED'
    if (action === 'destroy') version.state = 'DESTROYED'
    return ok(describeVersion(version))
  }

  function time(): string {
    clock += 1000
    return new Date(clock).toISOString()
  }
}

function describe({ name, createTime }: { name: string; createTime: string }) {
  return { name, createTime, replication: { automatic: {} }, etag: '"1"' }
}

function describeVersion({ data, ...version }: Version) {
  return version
}

function ok(body: unknown): FakeAnswer {
  return { status: 200, body }
}

function refuse(code: number, status: string, message: string): FakeAnswer {
  return { status: code, body: { error: { code, status, message, details: [] } } }
}
