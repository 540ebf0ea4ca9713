import { isPlainWords } from '../plain-words.ts'
import { isIdlePassword } from './idle-password.ts'

/**
 * `user:password` in base64 (RFC 7617 §2): printable text with a colon, and a password that protects something. Words are what tests
 * and the RFC have, `Aladdin:open sesame`.
 */
export function checkBasicCredentials(secret: string): 'valid' | 'invalid' | 'unknown' {
  const text = Buffer.from(secret, 'base64').toString('utf8')
  const password = text.slice(text.indexOf(':') + 1).trim()
  const isText = text.includes(':') && !/[\p{Cc}\uFFFD]/u.test(text)
  const isNone = password.length < 3 || isIdlePassword(password) || isPlainWords(password)
  return isText && !isNone ? 'unknown' : 'invalid'
}
