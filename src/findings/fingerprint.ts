/**
 * A finding's stable name. A strong secret is named by its value, so the name survives moves, renames and rebases and is
 * the same in tree, history, image and .env. A weak one (a password) could be guessed from such a name: it is named by
 * its place, plus 16 bits of the value: enough to notice a change, too little to confirm a guess.
 */
import { createHash } from 'node:crypto'

export interface FingerprintFacts {
  secret: string
  rule: string
  path: string
  key: string
  isStrong: boolean
}

const LABEL = 'stanch fingerprint 1'

export function fingerprintOf({ secret, rule, path, key, isStrong }: FingerprintFacts): string {
  if (isStrong) return `st1:${digest('strong', secret).slice(0, 20)}`
  const place = digest('weak', rule, path, key)
  return `st1:${place.slice(0, 16)}${digest('weak value', place, secret).slice(0, 4)}`
}

function digest(...parts: string[]): string {
  const hash = createHash('sha256').update(LABEL)
  for (const part of parts) hash.update('\0').update(part)
  return hash.digest('hex')
}

/**
 * Whether guessing the value is out of reach: a provider's token, or at least 64 estimated bits.
 * The estimate is Shannon's over the value's own characters, which is low for what people make up.
 */
export function isStrongSecret(secret: string, bitsPerCharacter: number, isProviderToken: boolean): boolean {
  return isProviderToken || bitsPerCharacter * secret.length >= 64
}
