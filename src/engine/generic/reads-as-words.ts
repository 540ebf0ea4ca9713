import { letterSurprise } from '../../letter-pairs.ts'
import type { JudgedKind } from '../../program.ts'
import { isDigit, isName } from '../bytes.ts'

/**
 * Nats a letter below which a value reads as words. On the labelled corpus no value below is a secret that the model would find: people
 * type passwords that little tells from words, and tokens are made by programs. Of 50,000 random texts of 16 letters 3 in a thousand
 * are below the token's limit, of 24 letters 2 in ten thousand, of 32 none.
 */
export const surpriseOfWords: Readonly<Record<JudgedKind, number>> = {
  password: 2.8,
  token: 3.5,
}

const SLASH = 47
const COLON = 58

/**
 * Whether a value reads as words: `CredentialSpec.Registry`, `test_table`, and with a digit `default_value_1`. Most values that have
 * the name of a secret are such, and the model never takes one for a secret, so it need not look.
 * @param limit nats a letter, see `surpriseOfWords`
 */
export function readsAsWords(bytes: Uint8Array, start: number, end: number, limit: number): boolean {
  let digits = 0
  let marks = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    if (isDigit(byte)) digits++
    else if (!isName(byte) && byte !== SLASH && byte !== COLON) marks++
    // Punctuation other than that of names and paths is what people make passwords of words with.
    if (digits > 1 || (digits > 0 && marks > 0)) return false
  }
  return letterSurprise(bytes, start, end) < limit
}
