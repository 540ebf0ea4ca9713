/** What is no secret whatever the model thinks of its characters: told by one sure fact. */

import { letterSurprise, SURPRISE_OF_WORDS } from '../../letter-pairs.ts'
import { isDummy, isPlaceholder } from '../placeholders.ts'

/** RFC 6838: tables give each its endings of file names. */
const mediaType = /^(?:application|audio|font|image|message|model|multipart|text|video)\/[a-z]/

/** Words that hold the name of a secret by chance: `author` has nothing to do with `auth`. */
const falseFriends =
  /author(?!i[sz])|authority|keyboard|keyword|keystroke|keynote|keyframe|keycode|keymap|keydown|keyup|keypress|hotkey|monkey|turkey|hockey|tokeniz|(?:mini|com|by|encom|sur|tres|kee)pass(?!w)|passenger|passive|passage|passport|passing|passed|passthrough|pass(?=oci|ert|ist|ign)|secretary|secretion/gi
const secretNames =
  /pass|pwd|contrasena|mot_?de_?passe|key|secret|token|auth|credential|nonce|salt|cookie|session|totp/i

/**
 * Public by design: the public half of a pair, where a list goes on, what a page repeats to its own server or allows a script by,
 * what a key is called or encrypted to, its digest, what makes a request that is sent twice count once.
 */
const publicNames =
  /pub(?:lic)?[-_. ]?key(?:[-_. ]?token)?$|(?:csrf|xsrf)[-_. ]?(?:token|param|header)(?:[-_. ]?value)?$|authenticity[-_. ]?token$|(?:next|prev(?:ious)?|page|continuation|sync)[-_. ]?token$|^(?:csp|content_security_policy)?[-_. ]?nonce$|(?<!access[-_. ]?)key[-_. ]?ids?$|credential[-_. ]?ids?$|key[-_. ]?(?:hash|md5|sha\d*|digest|fingerprint)$|(?:sealed|encrypted|wrapped)[-_. ]?key|cache[-_. ]?key$|(?:client[-_. ]?request|creation|idempotency)[-_. ]?(?:token|key)$/i
/** Public keys: SubjectPublicKeyInfo of RSA, EC and Ed25519 in base64, certificates, OpenSSH's form, age's,
 * those of NATS and of minisign. */
const publicKey =
  /^(?:MF[ws]wDQYJ|MI[GI]\w{1,3}(?:MA0GCSqG|jANBgkqhki)|MFkwEwYH|MCowBQYDK2V|MII[C-H]\w{3}CCA|ssh-(?:rsa|ed25519|dss)|ecdsa-sha2|AAAA[BC]3Nz|age1)|^[ACNOU][A-Z2-7]{55}$|^RW[Q-T][A-Za-z0-9+/]{53}$/
/** Digests that name their function, as of packages and images, and what SSH and certificates name keys by. */
const digest = /^(?:sha\d{1,3}|md5|h1)[:-]|^(?:[0-9a-f]{2}:){15}(?:[0-9a-f]{2}:){0,16}[0-9a-f]{2}$/i

/** What OpenPGP names keys by: the fingerprint, or its end (RFC 4880, section 12.2). */
const fingerprintNames =
  /(?:pgp|gpg|release|sign(?:ing|ature)|recv)[-_. ]?keys?(?:[-_. ]?ids?)?$|keyring$|^keys$/i
const fingerprint = /^(?:0x)?(?:[0-9A-F]{40}|[0-9A-F]{16})(?:,(?:0x)?(?:[0-9A-F]{40}|[0-9A-F]{16}))*$/
/** Last words of names that speak about a secret and do not hold one, in either way to join words. */
const about =
  'field label type hint prompt placeholder help title regex pattern policy format strength length size count limit column class style icon ' +
  'form button algorithm alg method mode encoding expiry expires expiration duration timeout ttl interval status state enabled required ' +
  'prefix suffix separator index bits rounds administrator provider manager factory handler callback function scope scopes endpoint region ' +
  'date time last_used name username expires_at issued_at created_at updated_at changed_at'
const aboutSnake = new RegExp(`[-_. ](?:${about.replaceAll(' ', '|')})$`, 'i')
const aboutCamel = new RegExp(
  `[a-z0-9](?:${about.replace(/(^| |_)([a-z])/g, (_, joint: string, letter: string) => (joint === ' ' ? '|' : '') + letter.toUpperCase())})$`,
)

/** Points in time, fractions, addresses of Ethereum, texts of other scripts, addresses that carry neither a user nor a query. */
const plainForm =
  /^-?\d{1,4}\.\d+$|^1\d{9}(?:\d{3})?$|^(?:[\x20-\x7e]{0,40}?\\u[0-9a-f]{4}){2}|^\d{4}-\d\d-\d\d(?:[T ]|$)|^0x[0-9a-f]{40}$|^[a-z][a-z0-9+.-]*:\/\/[^?#@]*$/i

/** Version 1 of RFC 9562: the time and the machine's address, nothing random. */
const timeUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const uuid = /^[{(]?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[})]?$/i

/** Whether a value that is assigned to such a name is none. Decided before the model looks at it, and cheaply. */
export function isNeverSecret(name: string, value: string): boolean {
  return (
    isNeverName(name) ||
    publicKey.test(value) ||
    digest.test(value) ||
    (fingerprintNames.test(name) && fingerprint.test(value)) ||
    plainForm.test(value) ||
    isAlgorithm(value) ||
    value === `!${name}` ||
    timeUuid.test(value) ||
    countsInTurns(value) ||
    (uuid.test(value) && isIdentifier(name)) ||
    encodesNone(value)
  )
}

/** Few names are given to most values. */
const known = new Map<string, boolean>()
const MOST_NAMES = 4096

function isNeverName(name: string): boolean {
  const before = known.get(name)
  if (before !== undefined) return before
  if (known.size >= MOST_NAMES) known.clear()
  const isNever =
    isByChance(name) ||
    publicNames.test(name) ||
    mediaType.test(name) ||
    aboutSnake.test(name) ||
    aboutCamel.test(name)
  known.set(name, isNever)
  return isNever
}

function isByChance(name: string): boolean {
  const rest = name.replace(falseFriends, '')
  return rest.length < name.length && !secretNames.test(rest)
}

/** Letters that count one way between digits, `a1b2c3d4-e5f6-g7h8`, as examples of UUIDs and of keys are typed. */
function countsInTurns(value: string): boolean {
  if (!turns.test(value)) return false
  const letters = value.toLowerCase().replace(/[^a-z]/g, '')
  let run = 1
  for (let at = 1; at < letters.length; at++) {
    run = letters.charCodeAt(at) - letters.charCodeAt(at - 1) === 1 ? run + 1 : 1
    if (run >= LEAST_IN_TURNS) return true
  }
  return false
}

const turns = /(?:[a-z]\d-?){4}/i
const LEAST_IN_TURNS = 7

/** What names of algorithms are put together from as libraries spell them: `PBKDF2WithHmacSHA256`, `aes/gcm/256`. */
const ofAlgorithms =
  /(?:pbkdf2|with|hmac|aes|rsa|ecdsa|ed|des(?:ede)?|sha|md|[hrep]s|gcm|cbc|ecb|ctr|oaep|pss|p?kcs|no|padding|and|mgf)(?:[-_/]?\d{1,4})?[-_/]?/gi
const LONGEST_ALGORITHM = 40

function isAlgorithm(value: string): boolean {
  return value.length <= LONGEST_ALGORITHM && value.replace(ofAlgorithms, '') === ''
}

/** A UUID that is called an id names something. The id of a session opens it. */
function isIdentifier(name: string): boolean {
  return /(?:[-_. ]|[a-z0-9](?=[A-Z]))(?:id|ids|uuid|guid|uid)$/i.test(name) && !/session/i.test(name)
}

/** Base64 of a placeholder or of plain words, as manifests of Kubernetes have them in examples: `cGFzc3dvcmQ=`. */
function encodesNone(value: string): boolean {
  if (value.length % 4 !== 0 || value.length > 200 || !/^[A-Za-z0-9+/]{6,}={0,2}$/.test(value)) return false
  const text = Buffer.from(value, 'base64').toString('latin1').trim()
  if (!/^[\x20-\x7e\s]{4,}$/.test(text)) return false
  return isDummy(text) || isPlaceholder(text) || isPublicOrEmpty(text) || isWords(text)
}

/** A certificate, a public key, or the frame of a private one and nothing in it, as in documentation. */
function isPublicOrEmpty(text: string): boolean {
  return /-----BEGIN (?:CERT|PUB)|^-----BEGIN [A-Z ]+-----\s{0,4}-----END/.test(text)
}

function isWords(text: string): boolean {
  return /^[A-Za-z]+(?:[ _:-][A-Za-z]+)*\d{0,3}$/.test(text) && letterSurprise(text) < SURPRISE_OF_WORDS
}
