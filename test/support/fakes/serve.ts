import { createServer, type IncomingHttpHeaders } from 'node:http'

export interface FakeRequest {
  method: string
  url: URL
  headers: IncomingHttpHeaders
  body: string
}

export interface FakeAnswer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

export interface FakeServer {
  origin: string
  /** All requests so far: `GET /v1/x`. */
  seen: string[]
  requests: FakeRequest[]
  /** Answers the n-th request from now on (1 is the next one) with this instead. */
  failAt(n: number, answer: FakeAnswer): void
  /** Answers every n-th request with this instead; 0 for none. */
  failEvery(n: number, answer: FakeAnswer): void
  close(): Promise<void>
}

/** A server of a fake on this machine. What the fake knows is the caller's. */
export async function serveFake(
  answer: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>,
): Promise<FakeServer> {
  const planned = new Map<number, FakeAnswer>()
  let every: { n: number; answer: FakeAnswer } | undefined
  let count = 0
  const seen: string[] = []
  const requests: FakeRequest[] = []
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const request: FakeRequest = {
      method: incoming.method ?? '',
      url: new URL(incoming.url ?? '', 'http://fake.invalid'),
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }
    count++
    seen.push(`${request.method} ${incoming.url}`)
    requests.push(request)
    const fault = planned.get(count) ?? (every && count % every.n === 0 ? every.answer : undefined)
    const { status, body, headers } = fault ?? (await answer(request))
    outgoing.writeHead(status, { 'content-type': 'application/json', ...headers })
    outgoing.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    origin: `http://127.0.0.1:${port}`,
    seen,
    requests,
    failAt: (n, wanted) => planned.set(count + n, wanted),
    failEvery(n, wanted) {
      every = n > 0 ? { n, answer: wanted } : undefined
    },
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
