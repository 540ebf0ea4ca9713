import { checkPassword } from './password.ts'
import { isPlainWords } from './plain-words.ts'

/** A bearer token without an issuer's form (RFC 6750): nobody issues words. */
export function checkBearerToken(secret: string, match: string): 'invalid' | 'unknown' {
  return isPlainWords(secret) ? 'invalid' : checkPassword(secret, match)
}
