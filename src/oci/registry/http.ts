import { type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { rootCertificates } from 'node:tls'
import type { RegistryTls } from './access.ts'

export interface HttpRequest {
  method?: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string
  /** A Unix socket to speak to instead of the host. */
  socketPath?: string
  tls?: RegistryTls
}

/** Milliseconds without a byte. */
const SILENCE = 60_000

/** Sends one request; the answer's body is to be read or destroyed. Follows nothing. */
export function sendRequest(url: URL, options: HttpRequest): Promise<IncomingMessage> {
  const { method = 'GET', headers = {}, body, socketPath, tls } = options
  const send = url.protocol === 'https:' ? requestTls : requestPlain
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method,
        headers: { 'user-agent': 'stanch', ...headers },
        ...(socketPath === undefined ? {} : { socketPath }),
        ...(url.protocol === 'https:' && tls ? toTlsOptions(tls) : {}),
      },
      resolve,
    )
    request.setTimeout(SILENCE, () => request.destroy(new Error('no answer for a minute')))
    request.on('error', reject)
    request.end(body)
  })
}

function toTlsOptions({ ca, cert, key }: RegistryTls) {
  return {
    ...(ca.length ? { ca: [...rootCertificates, ...ca] } : {}),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  }
}

/** The body as text, as far as it is small. */
export async function readBody(message: IncomingMessage, most: number): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of message as AsyncIterable<Buffer>) {
    length += part.length
    if (length > most) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}
