import { latin1 } from './bytes.ts'
import type { Candidate } from './candidate.ts'
import { undisguise } from './undisguise.ts'

/** Bytes before and after that may hold the user's name. */
const NEAR = 300
const plainWord = /^[a-z][a-z_-]{1,15}$/i

/**
 * Whether a password is a word that a user or a database beside it is called by, as of services in tests:
 * `POSTGRES_USER: shop`, `POSTGRES_PASSWORD: shop`, `CREATE USER 'shop' IDENTIFIED BY 'shop'`; or that word with digits for letters.
 */
export function repeatsUser({ secretStart, secretEnd }: Candidate, bytes: Uint8Array): boolean {
  const secret = latin1(bytes, secretStart, secretEnd)
  const word = undisguise(secret)
  if (!plainWord.test(secret) && word === undefined) return false
  const text = latin1(bytes, Math.max(0, secretStart - NEAR), Math.min(bytes.length, secretEnd + NEAR))
  const [, database] =
    ofAddress.exec(latin1(bytes, secretEnd, Math.min(bytes.length, secretEnd + NEAR))) ?? []
  if (database === secret) return true
  for (const [, value = ''] of text.matchAll(names))
    if (value === secret || value.toLowerCase() === word) return true
  return false
}

/** `…@localhost:5432/shop` */
const ofAddress = /^@[\w.-]{1,100}(?::\d{1,5})?\/([\w-]{1,40})/

const names =
  /(?:(?:user(?:_?name)?|_db|database|db_?name|dbname)["']?\s{0,3}[:=,]|\b(?:user|role|login)\b)\s{0,3}["'`]?([a-z][a-z_-]{1,15})\b/gi
