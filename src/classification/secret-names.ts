/** What the name of a variable says about its value. Words are told apart in `DB_PASSWORD`, `db-password` and `dbPassword`. */

/** Whole words, or pairs of them, that secrets are called by. */
const secrets =
  /(?:^|_)(?:password|passwd|passphrase|pwd|pass|secret|secrets|token|credential|credentials|salt|pat|apikey|secretkey|authkey|accesskey|privatekey|(?:api|private|secret|access|auth|encryption|encrypt|signing|master|app|jwt|service|admin|license|webhook|session|cookie|deploy|shared|account|storage|hmac|crypto|cipher|data|service_role|role)_key|key_base|connection_string)\d*(?:_(?:prod|production|live|staging|dev|development|test|old|new|current|previous|primary|secondary|base64|b64|\d+))*$/

/** Longer words that end so: `DBPASSWORD`, `authtoken`. */
const endings = /(?:password|passwd|secret|token|apikey|secretkey)$/

/** Last words of names that speak about a secret and do not hold one. */
const about =
  /_(?:id|ids|name|file|path|dir|url|uri|endpoint|host|port|user|username|email|header|headers|prefix|suffix|length|size|expiry|expires|expiration|expire|ttl|age|timeout|interval|days|hours|minutes|seconds|limit|enabled|disabled|required|algorithm|algo|alg|type|issuer|audience|scope|scopes|method|mode|format|version|region|policy|rounds|cost|min|max|count|budget|tokens|arn|ref|in|type|driver|store|provider|refresh_interval|lifetime|field|param)$/

export function isNamedLikeSecret(name: string): boolean {
  const words = joinWords(name)
  return secrets.test(words) || endings.test(words)
}

/** `AWS_FAKE_SECRET_KEY`, `EXAMPLE_TOKEN`. */
export function isNamedMadeUp(name: string): boolean {
  return /(?:^|_)(?:fake|dummy|mock|mocked|example|sample|placeholder)(?:_|$)/.test(joinWords(name))
}

/** `TWILIO_TEST_AUTH_TOKEN`. */
export function isNamedForTests(name: string): boolean {
  return /(?:^|_)(?:test|sandbox)_/.test(joinWords(name))
}

/** What tells whom or what a secret is for, and is none itself: `CLIENT_ID`, `TENANT_ID`, a nonce. A key's own id belongs to the key. */
export function isNamedLikeIdentifier(name: string): boolean {
  return /(?<!(?:^|_)(?:key|secret|token|access))_(?:ids?|uuid|sid|nonce)$/.test(joinWords(name))
}

/** `TOKEN_TTL`, `PASSWORD_FILE`, `JWT_SECRET_NAME`. */
export function speaksAboutSecret(name: string): boolean {
  return about.test(joinWords(name))
}

/** What each installation of a program makes for itself. */
const madeHere =
  /(?:^|_)(?:password|passwd|pwd|pass|passphrase|jwt|session|sessions|cookie|cookies|csrf|xsrf|vapid|salt|pepper|nextauth|encryption|encrypt|sign|signing|hash|hashids|otp|hmac|key_base|admin|root|default|internal|cron|setup|bootstrap|verify_token)(?:_|$)/

/** Words that name no issuer. */
const plainWords =
  /^(?:(?:app|application|auth|better|oidc|oauth|nuxt|next|api|access|refresh|private|master|server|web|site|user|service|token|secret|secrets|key|keys|credentials?|webhooks?|base64)(?:_|$))+$/

/** Ends of names that each installation makes a value for, if nobody who gives out such things is named before: `NODESECRET`. */
const bareSecret =
  /(?:^|_)(?:(?!(?:client|app|api|consumer|bot|oauth|sso|hook|webhook|access|user|token)s)[a-z]{0,12}secrets?|secret_key)$/
/** What somebody's own tests call their own server with. */
const forTests = /(?:^|_)(?:testing|tests|e2e|smoke)(?:_|$)/
const fromOthers =
  /(?:^|_)(?:client|app|api|consumer|bot|oauth|sso|saml|sms|mail|email|pay|payments?|maps?|webhook|hook|partner|merchant|channel)(?:_|$)/

/**
 * `SESSION_SECRET`, `APP_KEY`, `DB_PASSWORD`, `SHOP_SECRET_KEY`: whoever runs the program makes it. `FACEBOOK_APP_SECRET`,
 * `CLIENT_SECRET` come from others.
 * @param isIssuer whether a word of the name is one who gives out secrets
 * @param isOfPair whether a key or an id beside it has the same name: nobody makes such pairs for themselves
 */
export function isNamedLikeOwn(
  name: string,
  isIssuer: (word: string) => boolean,
  isOfPair: boolean,
): boolean {
  const words = joinWords(name)
  if (/(?:^|_)client_(?:secret|key)$/.test(words)) return false
  const isElsewhere = words.split('_').some(word => isIssuer(word) || mailers.test(word))
  if (isElsewhere && /pass|pwd/.test(words)) return false
  if (madeHere.test(words) || plainWords.test(words)) return true
  return (
    !isElsewhere && !isOfPair && (forTests.test(words) || (bareSecret.test(words) && !fromOthers.test(words)))
  )
}

/** Nobody is named who gives such things out. */
export function namesNoIssuer(name: string, isIssuer: (word: string) => boolean): boolean {
  const words = joinWords(name)
  return !/(?:^|_)client_/.test(words) && !words.split('_').some(isIssuer)
}

/** `OAUTH_COMMIT`, `METADATA_COMMIT_HASH`: a state of code or a sum of it, if its value is one. */
export function isNamedLikeRevision(name: string): boolean {
  return /(?:^|_)(?:commit|revision|changeset|(?:git|commit|build|image)_(?:hash|sha|ref|digest)|checksum)$/.test(
    joinWords(name),
  )
}

/** Words of names of logins at a mail server. */
const mailers = /^(?:e?mail|mailer|gmail|outlook|smtp|imap|pop3)$/

export function joinWords(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
}
