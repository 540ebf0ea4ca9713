import type { IncomingMessage } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { UserError } from '../../errors.ts'
import { MissingBlob } from '../problems.ts'
import type { RegistryAccess } from './access.ts'
import { parseChallenge } from './challenge.ts'
import { basicAuthorization, fetchToken } from './fetch-token.ts'
import { readBody, sendRequest } from './http.ts'
import { describeNetworkError } from './network-error.ts'

const ATTEMPTS = 5
const MOST_REDIRECTS = 5
/** Milliseconds before the second attempt; doubled before each further one. */
const FIRST_PAUSE = 250
/** A registry may ask for patience, but not for ever. */
const MOST_PAUSE = 30_000

/** Reads from one repository (https://distribution.github.io/distribution/spec/api/): log in, follow, try again. */
export class RegistryClient {
  readonly access: RegistryAccess
  #authorization: string | undefined

  constructor(access: RegistryAccess) {
    this.access = access
  }

  /**
   * The answer to a GET below `/v2/NAME/`, which is a success.
   * @throws MissingBlob for what is not there; UserError for what the user can mend
   */
  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<IncomingMessage> {
    const url = new URL(`${this.access.origin}/v2/${this.access.repository}/${path}`)
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#tryOnce(url, headers)
      if ('response' in outcome) return outcome.response
      if (attempt === ATTEMPTS) throw this.#giveUp(outcome.failure)
      await pause(attempt, outcome.after)
    }
  }

  /** All bytes of an answer. */
  async read(path: string, headers: Readonly<Record<string, string>>, most: number): Promise<Uint8Array> {
    const body = await readBody(await this.get(path, headers), most)
    if (body) return body
    throw new UserError(`${this.#host} sends a document that is too large`, 'This is no usual registry.')
  }

  get #host(): string {
    return new URL(this.access.origin).host
  }

  async #tryOnce(
    url: URL,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ response: IncomingMessage } | { failure: string; after?: number }> {
    let response: IncomingMessage
    try {
      response = await this.#send(url, headers)
    } catch (error) {
      if (error instanceof UserError) throw error
      const { isFinal, text, hint } = describeNetworkError(error)
      if (isFinal) throw new UserError(`cannot read from ${this.#host}: ${text}`, hint, { cause: error })
      return { failure: text }
    }
    const { statusCode: status = 0 } = response
    if (status === 200 || status === 206) return { response }
    response.destroy()
    if (status === 429 || status >= 500 || status === 408)
      return { failure: `status ${status}`, ...retryAfter(response) }
    throw this.#explain(status)
  }

  /** Logs in when asked to, once; a token may also have run out. */
  async #send(url: URL, headers: Readonly<Record<string, string>>): Promise<IncomingMessage> {
    const first = await this.#follow(url, headers)
    if (first.statusCode !== 401) return first
    first.destroy()
    this.#authorization = await this.#authorize(first.headers['www-authenticate'] ?? '')
    return this.#follow(url, headers)
  }

  async #authorize(header: string): Promise<string> {
    const { credentials } = this.access
    const challenge = parseChallenge(header)
    if (challenge?.scheme === 'bearer') return `Bearer ${await fetchToken(this.access, challenge)}`
    if (challenge?.scheme === 'basic' && credentials && 'username' in credentials)
      return basicAuthorization(credentials)
    throw this.#explain(401)
  }

  /** Blobs often lie elsewhere; what logs in to the registry is not for that place. */
  async #follow(url: URL, headers: Readonly<Record<string, string>>): Promise<IncomingMessage> {
    let target = url
    for (let redirects = 0; ; redirects++) {
      const isOwn = target.origin === url.origin
      const response = await sendRequest(target, {
        headers: {
          ...headers,
          ...(isOwn && this.#authorization ? { authorization: this.#authorization } : {}),
        },
        tls: this.access.tls,
      })
      const { statusCode: status = 0 } = response
      const { location } = response.headers
      if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return response
      response.destroy()
      const next = URL.canParse(location, target.href) ? new URL(location, target.href) : undefined
      const isSafe = next?.protocol === 'https:' || (next?.protocol === 'http:' && url.protocol === 'http:')
      if (!next || !isSafe || redirects === MOST_REDIRECTS)
        throw new UserError(`${this.#host} leads to no safe place`, 'Ask whoever runs the registry.')
      target = next
    }
  }

  #explain(status: number): Error {
    const { repository, credentials } = this.access
    if (status === 404) return new MissingBlob(`${this.#host} has it not`)
    if (status === 401 || status === 403)
      return new UserError(
        `${this.#host} does not let ${credentials ? 'you' : 'strangers'} read "${repository}"`,
        credentials
          ? 'Check that this login may read it, or that the name is right.'
          : `Log in with "docker login ${this.#host}", or check the name.`,
      )
    return new UserError(
      `${this.#host} answers with status ${status}`,
      'Check that it is a registry and the name is right.',
    )
  }

  #giveUp(failure: string): UserError {
    return new UserError(
      `cannot read from ${this.#host}: ${failure}, ${ATTEMPTS} times`,
      'Try again later, or scan a saved image: docker-archive:FILE.',
    )
  }
}

function retryAfter({ headers }: IncomingMessage): { after?: number } {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) && headers['retry-after'] ? { after: seconds * 1000 } : {}
}

/** Longer from one attempt to the next, and not for all clients at the same time. */
export async function pause(attempt: number, asked = 0): Promise<void> {
  const own = FIRST_PAUSE * 2 ** (attempt - 1) * (0.5 + Math.random() / 2)
  await wait(Math.min(MOST_PAUSE, Math.max(asked, own)))
}
