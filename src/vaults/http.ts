/** JSON over HTTP, as the APIs of stores speak it, with their troubles as ours. */
import { type HttpAnswer, type HttpRequest, sendHttp } from '../system/http-request.ts'
import { SecretError, type SecretErrorAbout, type SecretErrorKind } from './secret-error.ts'

export interface JsonRequest extends Omit<HttpRequest, 'body'> {
  json?: unknown
  form?: Readonly<Record<string, string>>
}

/** @throws SecretError `unavailable` where there is no answer */
export async function sendJson(request: JsonRequest, about: SecretErrorAbout): Promise<HttpAnswer> {
  const { json, form, headers, ...rest } = request
  const body = json !== undefined ? JSON.stringify(json) : form && new URLSearchParams(form).toString()
  const type = json !== undefined ? 'application/json' : 'application/x-www-form-urlencoded'
  try {
    return await sendHttp({
      ...rest,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && {
          'content-type': type,
          'content-length': String(Buffer.byteLength(body)),
        }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    })
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'AbortError') throw error
    throw new SecretError('unavailable', { ...about, reason: `${hostOf(request.url)}: ${reasonOf(error)}` })
  }
}

/** The answer's JSON. All fields of `T` are to be optional: it is what somebody else says. */
export function readJson<T>({ text }: HttpAnswer): Partial<T> {
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    // A proxy's page, or nothing.
    return {}
  }
}

const kinds: Record<number, SecretErrorKind> = {
  401: 'unauthenticated',
  403: 'access-denied',
  404: 'not-found',
  409: 'already-exists',
  413: 'too-large',
  429: 'throttled',
}

/** What a status means where a store has no special meaning for it. Reasons are for refusals, which quote no value. */
export function errorOfAnswer(
  answer: HttpAnswer,
  about: SecretErrorAbout,
  {
    kind = kinds[answer.status],
    reason,
  }: { kind?: SecretErrorKind | undefined; reason?: string | undefined } = {},
): SecretError {
  const { status, headers } = answer
  const retryAfterMs = readRetryAfter(headers['retry-after'])
  const speaks = kind === 'unauthenticated' || kind === 'access-denied' || kind === 'unavailable'
  return new SecretError(kind ?? 'unavailable', {
    ...about,
    reason: kind === undefined ? `HTTP ${status}` : speaks ? reason : undefined,
    // A client's mistake stays one.
    ...(kind === undefined && status < 500 ? { retryable: false } : {}),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
}

/** Seconds, or a date. */
function readRetryAfter(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the address'
}

function reasonOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
