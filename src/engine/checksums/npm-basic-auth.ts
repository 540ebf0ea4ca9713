import { isPlaceholder } from '../placeholders.ts'

/**
 * `user:password` in base64 of an `.npmrc`, which npm sends to the registry as it is: a password that everybody knows logs in there, too,
 * so that only placeholders are none.
 */
export function checkNpmBasicAuth(secret: string): 'invalid' | 'unknown' {
  const text = Buffer.from(secret, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  const password = text.slice(colon + 1)
  const isText = colon > 0 && !/[\p{Cc}\uFFFD]/u.test(text)
  return isText && password.length >= 3 && !isPlaceholder(password) ? 'unknown' : 'invalid'
}
