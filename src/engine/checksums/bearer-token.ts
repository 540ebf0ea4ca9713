import { isPlainWords } from '../plain-words.ts'
import { checkPassword } from './password.ts'

/** A bearer token without an issuer's form (RFC 6750): nobody issues words, nor signs with one. */
export function checkBearerToken(secret: string, match: string): 'invalid' | 'unknown' {
  const signature = secret.slice(secret.lastIndexOf('.') + 1)
  return isPlainWords(secret) || isPlainWords(signature) ? 'invalid' : checkPassword(secret, match)
}
