/** Values that are mere words beside their own names and those of what they open. */
import { undoSigns } from './made-by-hand.ts'
import { joinWords } from './secret-names.ts'
import { isLocalHost, isWeak, undoBase64 } from './value-forms.ts'

const LONGEST_WORDS = 40

/** A value without a provider's form that is made of words; in a URL, one of a server on this machine or beside it. */
export function isHomemade(provider: string, rule: string, name: string, value: string): boolean {
  const url = readUrl(value)
  if (url && isUrlRule(rule)) return isLocalHost(url.host) && isWeak(url.password, wordsAround(name, url))
  // No issuer gives out plain words.
  return (
    (provider === 'generic' || value.length <= LONGEST_WORDS) &&
    isWeak(undoBase64(value), joinWords(name).split('_'))
  )
}

interface UrlParts {
  user: string
  password: string
  host: string
}

export function readUrl(value: string): UrlParts | undefined {
  const parts = /:\/\/([^/?#:]*?):([^/]*)@([\w.-]*)/.exec(value)
  return parts ? { user: parts[1] ?? '', password: parts[2] ?? '', host: parts[3] ?? '' } : undefined
}

export function isUrlRule(rule: string): boolean {
  return /url-(?:password|credentials)$/.test(rule)
}

/** Words that a password made of them adds nothing to: `shop:shop123@shop-db`. */
function wordsAround(name: string, { user, host }: Pick<UrlParts, 'user' | 'host'>): string[] {
  return [name, user, host].flatMap(text => joinWords(text).split('_'))
}

/** Shorter ones can be guessed. */
const SHORTEST_REST = 8

/** Signs may stand for letters in it: `P4ssb0lt` beside the user `passbolt`. */
export function isNameBeside(value: string, names: readonly string[]): boolean {
  return [value, undoSigns(value)].some(form =>
    names.some(name => {
      const rest = form.toLowerCase().replaceAll(name.toLowerCase(), '')
      return rest.length < Math.min(form.length, SHORTEST_REST)
    }),
  )
}

/** Base64 letters of the shortest private keys, Ed25519's. */
const SHORTEST_KEY = 60

/** `-----BEGIN PRIVATE KEY-----\neHh4eHg=\n-----END PRIVATE KEY-----`: a frame around a word. */
export function isBlankPem(value: string): boolean {
  const body = /-----BEGIN [A-Z ]{1,40}-----([^-]{0,512})-----END/.exec(value)?.[1]
  return body !== undefined && body.replace(/\\[nr]|[^A-Za-z0-9+/]/g, '').length < SHORTEST_KEY
}
