/** Names whose values are no secrets, whatever they look like. */
import { splitWords } from './name-features.ts'

export interface NameFacts {
  /** It names no secret. */
  isNever: boolean
  /** It names a key of OpenPGP, by what such keys are named. */
  isOfPgpKey: boolean
  /** It ends in `id`, `uuid` or the like. That of a session opens it. */
  isIdentifier: boolean
}

/** Few names are given to most values. */
const known = new Map<string, NameFacts>()
const MOST_NAMES = 4096

export function readName(name: string): NameFacts {
  const before = known.get(name)
  if (before) return before
  if (known.size >= MOST_NAMES) known.clear()
  const words = splitWords(name)
  const plain = words.join('')
  const facts = {
    isNever:
      publicNames.test(plain) || mediaType.test(name) || isAbout(words) || isByChance(name.toLowerCase()),
    isOfPgpKey: ofPgpKey.test(plain),
    isIdentifier: /.ids?$/.test(plain) && !plain.includes('session'),
  }
  known.set(name, facts)
  return facts
}

/** RFC 6838: tables give each its endings of file names. */
const mediaType = /^(?:application|audio|font|image|message|model|multipart|text|video)\/[a-z]/

/**
 * Public by design: the public half of a pair, where a list goes on, what a page repeats to its own server or allows a script by,
 * what a key is called or encrypted to, its digest, what makes a request that is sent twice count once.
 */
const publicNames =
  /(?:pub(?:lic)?key(?:token)?|[cx]srf(?:token|param|header)(?:value)?|authenticitytoken|(?:next|prev(?:ious)?|page|continuation|sync)token|(?<!access)keyids?|(?:token|secret|secretid)accessors?|credentialids?|key(?:hash|md5|sha\d*|digest|fingerprint)|cachekey|(?:clientrequest|creation|idempotency)(?:token|key))$|^(?:csp|contentsecuritypolicy)?nonce$|(?:sealed|encrypted|wrapped)key/

/** What OpenPGP names keys by (RFC 4880, section 12.2). */
const ofPgpKey = /(?:pgp|gpg|release|sign(?:ing|ature)|recv)keys?(?:ids?)?$|keyring$|^keys$/

/** Last words of names that speak about a secret and do not hold one. */
const about = new Set(
  (
    'field label note notes message type hint prompt placeholder help title regex pattern policy format strength length size count limit column class style icon ' +
    'form button algorithm alg method mode encoding expiry expires expiration duration timeout ttl interval status state enabled required ' +
    'prefix suffix separator index bits rounds administrator provider manager factory handler callback function scope scopes endpoint region ' +
    'date time last_used name username expires_at issued_at created_at updated_at changed_at'
  ).split(' '),
)

function isAbout(words: readonly string[]): boolean {
  const last = words.at(-1) ?? ''
  return words.length > 1 && (about.has(last) || (words.length > 2 && about.has(`${words.at(-2)}_${last}`)))
}

/** Words that hold the name of a secret by chance: `author` has nothing to do with `auth`. */
const falseFriends =
  /author(?!i[sz])|authority|key(?:board|word|stroke|note|frame|code|map|down|up|press)|(?:hot|mon|tur|hoc)key|tokeniz|(?:mini|com|by|encom|sur|tres|kee)pass(?!w)|pass(?:enger|ive|age|port|ing|ed|through|(?=oci|ert|ist|ign))|secret(?:ary|ion)/g
const secretNames =
  /pass|pwd|contrasena|mot_?de_?passe|key|secret|token|auth|credential|nonce|salt|cookie|session|totp/

function isByChance(lower: string): boolean {
  const rest = lower.replace(falseFriends, '')
  return rest.length < lower.length && !secretNames.test(rest)
}
