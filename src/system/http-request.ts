import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'

export interface HttpRequest {
  url: string
  method?: string
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
  /** Whom to trust besides the usual authorities, and who we are, in PEM. */
  ca?: string
  cert?: string
  key?: string
  signal?: AbortSignal | undefined
  timeoutMs?: number
  /** An answer that is larger is cut off with an error. */
  maxBytes?: number
}

export interface HttpAnswer {
  status: number
  headers: Readonly<Record<string, string | undefined>>
  text: string
}

const TIMEOUT_MS = 30_000
const MAX_BYTES = 64 * 1024 * 1024

/**
 * One request, its whole answer as text. Redirects are not followed: credentials go nowhere else than they were meant to.
 * @throws what the network says; an AbortError where the signal did it
 */
export function sendHttp({ url, body, signal, ...request }: HttpRequest): Promise<HttpAnswer> {
  const { method = 'GET', headers = {}, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, ...tls } = request
  const open = url.startsWith('https:') ? secureRequest : plainRequest
  return new Promise((resolve, reject) => {
    const outgoing = open(url, { method, headers, ...(signal && { signal }), ...tls }, incoming => {
      const chunks: Buffer[] = []
      let size = 0
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length
        chunks.push(chunk)
        if (size > maxBytes) outgoing.destroy(new Error(`the answer is larger than ${maxBytes} bytes`))
      })
      incoming.on('error', reject)
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: flatten(incoming.headers),
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    outgoing.setTimeout(timeoutMs, () =>
      outgoing.destroy(new Error(`no answer within ${timeoutMs / 1000} seconds`)),
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function flatten(headers: NodeJS.Dict<string | string[]>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
}
