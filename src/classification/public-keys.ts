/** Keys that their issuers made for browsers and apps: everybody may read them. */
import { matchBrowserPrefix } from '../browser-prefixes.ts'
import { isDocumentedKey } from '../documented-keys.ts'

const rules =
  /-(?:publishable|public|browser|site|client-side|project)-(?:key|token|api-key)|-client-(?:key|id)$|-(?:client-token|tokenization-key|search-key|subscribe-key|content-api-key|dsn)$|^(?:amplitude|bugsnag|trello)-api-key$/
const names =
  /(?:^|_)(?:PUBLISHABLE(?:_API)?_KEY|PUBLIC_KEY|PUBLISHABLE_TOKEN|ANON_KEY|SITE_?KEY|(?:RE|H)?CAPTCHA_KEY(?!_)|SENTRY_DSN|VAPID_PUBLIC_KEY|MEASUREMENT_ID|POSTHOG(?:_PROJECT)?(?:_API)?_(?:KEY|TOKEN)|MIXPANEL(?:_PROJECT)?_TOKEN|AMPLITUDE_API_KEY|STOREFRONT(?:_API|_ACCESS)*_TOKEN|(?:SEARCH_ONLY|SEARCH)_(?:API_)?KEY)(?:_|$)/i
const forBrowsers = matchBrowserPrefix()
const webKeys =
  /FIREBASE|MAPS|POSTHOG|SENTRY|ROLLBAR|BUGSNAG|LOGROCKET|ALGOLIA|SEGMENT|AMPLITUDE|MIXPANEL|ANALYTICS|TURNSTILE|RECAPTCHA|HCAPTCHA|PUSHER/i

/** Why the value is no secret though it has a secret's form; undefined where it may be one. */
export function describePublicKey(
  name: string,
  value: string,
  rule: string | undefined,
  isForFirebase = false,
): string | undefined {
  if (rule !== undefined && rules.test(rule)) return 'public by design'
  if ((isForFirebase || /FIREBASE/i.test(name)) && value.startsWith('AIza'))
    return "Firebase's key for browsers, public by design"
  if (/authDomain/.test(value) && /apiKey/.test(value) && !/private_key|client_secret/i.test(value))
    return "Firebase's settings for browsers, public by design"
  if (isDocumentedKey(value)) return 'a documented key, which everybody knows'
  if (
    /^(?:pk_(?:live|test)_|pk\.eyJ|phc_|ssh-(?:rsa|ed25519|dss) |MI(?:GfM|IBIj|ICIj)ANBgkqhkiG9w0BAQE|MFkwEwYHKoZIzj0CAQ|MCowBQYDK2V)|^-----BEGIN (?:RSA |EC )?PUBLIC KEY/.test(
      value,
    )
  )
    return 'public by design'
  const { role, issuer, project } = readToken(value)
  if (issuer === 'supabase-demo' || project === 'localhost') return 'a documented key, which everybody knows'
  if (role === 'anon') return 'public by design'
  const isByName =
    names.test(name) ||
    (forBrowsers.test(name) && webKeys.test(name) && !/SECRET|PRIVATE|PASSWORD/i.test(name))
  return isByName && !/^(?:sk|rk|phx)_/.test(value) ? 'a key for browsers, public by design' : undefined
}

/** The role that a JSON Web Token of a hosted database gives, who says so, and in which project. */
function readToken(value: string): { [claim in 'role' | 'issuer' | 'project']?: string | undefined } {
  const payload = /^eyJ[\w-]+\.(eyJ[\w-]+)\./.exec(value)?.[1]
  if (payload === undefined) return {}
  const claims = Buffer.from(payload, 'base64url').toString('utf8')
  const read = (claim: string) => new RegExp(`"${claim}"\\s*:\\s*"([\\w-]{1,32})"`).exec(claims)?.[1]
  return { role: read('role'), issuer: read('iss'), project: read('ref') }
}
