/** Keys that their issuers made for browsers and apps: everybody may read them. */
import { matchBrowserPrefix } from '../browser-prefixes.ts'

const rules =
  /-(?:publishable|public|browser|site|client-side|project)-(?:key|token|api-key)|-client-(?:key|id)$|-(?:client-token|tokenization-key|search-key|subscribe-key|content-api-key|dsn)$|^(?:amplitude|bugsnag|trello)-api-key$/
const names =
  /(?:^|_)(?:PUBLISHABLE(?:_API)?_KEY|PUBLIC_KEY|PUBLISHABLE_TOKEN|ANON_KEY|SITE_?KEY|SENTRY_DSN|VAPID_PUBLIC_KEY|MEASUREMENT_ID|POSTHOG(?:_PROJECT)?(?:_API)?_(?:KEY|TOKEN)|MIXPANEL(?:_PROJECT)?_TOKEN|AMPLITUDE_API_KEY|STOREFRONT(?:_API|_ACCESS)*_TOKEN|(?:SEARCH_ONLY|SEARCH)_(?:API_)?KEY)(?:_|$)/i
const forBrowsers = matchBrowserPrefix()
const webKeys =
  /FIREBASE|MAPS|POSTHOG|SENTRY|ROLLBAR|BUGSNAG|LOGROCKET|ALGOLIA|SEGMENT|AMPLITUDE|MIXPANEL|ANALYTICS|TURNSTILE|RECAPTCHA|HCAPTCHA|PUSHER/i

/**
 * How keys begin that documentation gives to everybody: of Azurite, MinIO's server to play with, Google's reCAPTCHA for tests,
 * BigBlueButton's server for tests, and the accounts of Hardhat's, Anvil's and Ganache's test networks.
 */
const documented =
  /^(?:Eby8vdM02xNO|Q3AM3UQ867SP|zuf\+tfteSlsw|6LeIxAcTAAAAAGG-|8cd8ef52e8e1|(?:0x)?(?:ac0974bec39a17e3|59c6995e998f97a5|5de4111afa1a4b94|7c852118294e51e6|47e179ec19748859|8b3a350cf5c34c91|92db14e403b83dfe|4bbbf85ce3377467|dbda1821b80551c9|2a871d0798f97d79|4f3edf983ac636a6|6cbed15c793ce576|6370fd033278c143))/i

/** Why the value is no secret though it has a secret's form; undefined where it may be one. */
export function describePublicKey(
  name: string,
  value: string,
  rule: string | undefined,
  isForFirebase = false,
): string | undefined {
  if (rule !== undefined && rules.test(rule)) return 'public by design'
  if (isForFirebase && value.startsWith('AIza')) return "Firebase's key for browsers, public by design"
  if (/authDomain/.test(value) && /apiKey/.test(value) && !/private_key|client_secret/i.test(value))
    return "Firebase's settings for browsers, public by design"
  if (documented.test(value)) return 'a documented key, which everybody knows'
  if (
    /^(?:pk_(?:live|test)_|pk\.eyJ|phc_|ssh-(?:rsa|ed25519|dss) |MI(?:GfM|IBIj|ICIj)ANBgkqhkiG9w0BAQE|MFkwEwYHKoZIzj0CAQ|MCowBQYDK2V)|^-----BEGIN (?:RSA |EC )?PUBLIC KEY/.test(
      value,
    )
  )
    return 'public by design'
  const { role, issuer } = readToken(value)
  if (issuer === 'supabase-demo') return 'a documented key, which everybody knows'
  if (role === 'anon') return 'public by design'
  const isByName =
    names.test(name) ||
    (forBrowsers.test(name) && webKeys.test(name) && !/SECRET|PRIVATE|PASSWORD/i.test(name))
  return isByName && !/^(?:sk|rk|phx)_/.test(value) ? 'a key for browsers, public by design' : undefined
}

/** The role that a JSON Web Token of a hosted database gives, and who says so. */
function readToken(value: string): { role?: string | undefined; issuer?: string | undefined } {
  const payload = /^eyJ[\w-]+\.(eyJ[\w-]+)\./.exec(value)?.[1]
  if (payload === undefined) return {}
  const claims = Buffer.from(payload, 'base64url').toString('utf8')
  const read = (claim: string) => new RegExp(`"${claim}"\\s*:\\s*"([\\w-]{1,32})"`).exec(claims)?.[1]
  return { role: read('role'), issuer: read('iss') }
}
