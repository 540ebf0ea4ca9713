/**
 * A finding's stable name. A strong secret is named by its value, so the name survives moves, renames, rebases and another
 * encoding, and is the same in tree, history, image and .env. A weak one (a password) could be guessed from such a name:
 * it is named by its place, plus 16 bits of the value: enough to notice a change, too little to confirm a guess.
 */
import { createHash } from 'node:crypto'

export interface FingerprintFacts {
  secret: string
  rule: string
  /** Path from the project's root. */
  path: string
  key: string
  isStrong: boolean
}

const LABEL = 'stanch fingerprint 1'

/** `st1:` and 80 bits in hex. */
export function fingerprintOf({ secret, rule, path, key, isStrong }: FingerprintFacts): string {
  if (isStrong) return `st1:${digest('strong', secret).slice(0, 20)}`
  const place = digest('weak', rule, path, normaliseKey(key))
  return `st1:${place.slice(0, 16)}${digest('weak value', place, secret).slice(0, 4)}`
}

export function isFingerprint(text: string): boolean {
  return /^st1:[0-9a-f]{20}$/.test(text)
}

function digest(...parts: string[]): string {
  const hash = createHash('sha256').update(LABEL)
  for (const part of parts) hash.update('\0').update(part)
  return hash.digest('hex')
}

/** `db.password`, `DB_PASSWORD` and `dbPassword` are one key, written anew. */
function normaliseKey(key: string): string {
  return key.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Bits from which guessing a value is out of reach. */
const STRONG_BITS = 64
/** The same where the issuer's form, not the value's characters, tells that it was drawn at random. */
const ISSUED_BITS = 40

/**
 * Whether guessing the value is out of reach.
 * @param bitsPerCharacter Shannon's estimate over the value's own characters, which is low for what people make up
 * @param isIssued the value has a form that only a provider's random token has
 */
export function isStrongSecret(secret: string, bitsPerCharacter: number, isIssued: boolean): boolean {
  return bitsPerCharacter * secret.length >= (isIssued ? ISSUED_BITS : STRONG_BITS)
}
