/** What is no secret whatever the model thinks of its characters: told by one sure fact. */

import { isDocumentedKey, isSampleToken } from '../../documented-keys.ts'
import { isDummy, isPlaceholder } from '../placeholders.ts'
import { isPlainWords } from '../plain-words.ts'
import { readName } from './never-name.ts'

/** Public keys: SubjectPublicKeyInfo of RSA, EC and Ed25519 in base64, certificates, OpenSSH's form, age's,
 * those of NATS and of minisign. */
const publicKey =
  /^(?:MF[ws]wDQYJ|MI[GI]\w{1,3}(?:MA0GCSqG|jANBgkqhki)|MFkwEwYH|MCowBQYDK2V|MII[C-H]\w{3}CCA|ssh-(?:rsa|ed25519|dss)|ecdsa-sha2|AAAA[BC]3Nz|age1)|^[ACNOU][A-Z2-7]{55}$|^RW[Q-T][A-Za-z0-9+/]{53}$/
/** Digests that name their function, as of packages and images, and what SSH and certificates name keys by. */
const digest = /^(?:sha\d{1,3}|md5|h1)[:-]|^(?:[0-9a-f]{2}:){15}(?:[0-9a-f]{2}:){0,16}[0-9a-f]{2}$/i

/** Of a key of OpenPGP, or its end (RFC 4880, section 12.2). */
const fingerprint = /^(?:0x)?(?:[0-9A-F]{40}|[0-9A-F]{16})(?:,(?:0x)?(?:[0-9A-F]{40}|[0-9A-F]{16}))*$/

/** Points in time, fractions, addresses of Ethereum, texts of other scripts, addresses that carry neither a user nor a query. */
const plainForm =
  /^-?\d{1,4}\.\d+$|^1\d{9}(?:\d{3})?$|^(?:[\x20-\x7e]{0,40}?\\u[0-9a-f]{4}){2}|^\d{4}-\d\d-\d\d(?:[T ]|$)|^0x[0-9a-f]{40}$|^[a-z][a-z0-9+.-]*:\/\/[^?#@]*$/i

const uuid = /^[{(]?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[})]?$/i
/** Version 1 of RFC 9562: the time and the machine's address, nothing random. */
const ofTime = /^[^-]{8}-[^-]{4}-1[^-]{3}-[89ab]/i

/** Whether a value that is assigned to such a name is none. Decided before the model looks at it, and cheaply. */
export function isNeverSecret(name: string, value: string): boolean {
  const { isNever, isOfPgpKey, isIdentifier } = readName(name)
  return (
    isNever ||
    publicKey.test(value) ||
    digest.test(value) ||
    (isOfPgpKey && fingerprint.test(value)) ||
    plainForm.test(value) ||
    isAlgorithm(value) ||
    (name === 'key' && ofElement.test(value)) ||
    value === `!${name}` ||
    countsInTurns(value) ||
    // A UUID that is called an id names something.
    (uuid.test(value) && (isIdentifier || ofTime.test(value))) ||
    isDocumentedKey(value) ||
    isSampleToken(value) ||
    encodesNone(value)
  )
}

/** What tells elements of one list apart, as in `["path",{d:"…",key:"1q7to0"}]`: programs that draw make many such keys. */
const ofElement = /^[a-z0-9]{1,7}$/

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

/** Base64 of a placeholder or of plain words, as manifests of Kubernetes have them in examples: `cGFzc3dvcmQ=`. */
function encodesNone(value: string): boolean {
  if (value.length % 4 !== 0 || value.length > 200 || !/^[A-Za-z0-9+/]{6,}={0,2}$/.test(value)) return false
  const text = Buffer.from(value, 'base64').toString('latin1').trim()
  if (!/^[\x20-\x7e\s]{4,}$/.test(text)) return false
  return (
    isDummy(text) || isPlaceholder(text) || isPublicOrEmpty(text) || isPlainWords(text.replaceAll(':', ' '))
  )
}

/** A certificate, a public key, or the frame of a private one and nothing in it, as in documentation. */
function isPublicOrEmpty(text: string): boolean {
  return /-----BEGIN (?:CERT|PUB)|^-----BEGIN [A-Z ]+-----\s{0,4}-----END/.test(text)
}
