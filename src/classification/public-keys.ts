/** Keys that their issuers made for browsers and apps: everybody may read them. */
const rules =
  /-(?:publishable|public|browser|site|client-side|project)-(?:key|token|api-key)|-client-(?:key|id)$|-(?:client-token|tokenization-key|search-key|subscribe-key|content-api-key|dsn)$|^(?:amplitude|bugsnag|trello)-api-key$/
const names =
  /(?:^|_)(?:PUBLISHABLE(?:_API)?_KEY|PUBLIC_KEY|PUBLISHABLE_TOKEN|ANON_KEY|SITE_?KEY|SENTRY_DSN|VAPID_PUBLIC_KEY|MEASUREMENT_ID|(?:SEARCH_ONLY|SEARCH)_(?:API_)?KEY)(?:_|$)/i
const forBrowsers = /^(?:NEXT_PUBLIC|NUXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|VUE_APP|GATSBY|PUBLIC)_/
const webKeys =
  /FIREBASE|MAPS|POSTHOG|SENTRY|ALGOLIA|SEGMENT|AMPLITUDE|MIXPANEL|ANALYTICS|TURNSTILE|RECAPTCHA|HCAPTCHA|PUSHER/i

/** How keys begin that documentation gives to everybody: of Azurite, and of MinIO's server to play with. */
const documented = ['Eby8vdM02xNO', 'Q3AM3UQ867SP', 'zuf+tfteSlsw']

/** Why the value is no secret though it has a secret's form; undefined where it may be one. */
export function describePublicKey(
  name: string,
  value: string,
  rule: string | undefined,
  isForFirebase = false,
): string | undefined {
  if (rule !== undefined && rules.test(rule)) return 'public by design'
  if (isForFirebase && value.startsWith('AIza')) return "Firebase's key for browsers, public by design"
  if (documented.some(start => value.startsWith(start))) return 'a documented key, which everybody knows'
  if (
    /^(?:pk_(?:live|test)_|pk\.eyJ|phc_|ssh-(?:rsa|ed25519|dss) |MI(?:GfM|IBIj|ICIj)ANBgkqhkiG9w0BAQE|MFkwEwYHKoZIzj0CAQ|MCowBQYDK2V)|^-----BEGIN (?:RSA |EC )?PUBLIC KEY/.test(
      value,
    )
  )
    return 'public by design'
  if (readRole(value) === 'anon') return 'public by design'
  const isByName =
    names.test(name) ||
    (forBrowsers.test(name) && webKeys.test(name) && !/SECRET|PRIVATE|PASSWORD/i.test(name))
  return isByName && !/^(?:sk|rk)_/.test(value) ? 'a key for browsers, public by design' : undefined
}

/** The role that a JSON Web Token of a hosted database gives. */
function readRole(value: string): string | undefined {
  const payload = /^eyJ[\w-]+\.(eyJ[\w-]+)\./.exec(value)?.[1]
  if (payload === undefined) return undefined
  const claims = Buffer.from(payload, 'base64url').toString('utf8')
  return /"role"\s*:\s*"(\w{1,32})"/.exec(claims)?.[1]
}
