import { randomInt } from 'node:crypto'
import { UserError } from '../../errors.ts'
import { Secret } from '../../model.ts'

const digits = '0123456789'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Names for usual sets of characters. */
export const charsets: Readonly<Record<string, string>> = {
  alphanumeric: digits + letters,
  base64url: `${digits}${letters}-_`,
  hex: '0123456789abcdef',
  symbols: `${digits}${letters}!#%*+,-./:=?@^_~`,
}

/**
 * @param charset a name of `charsets`, or the characters themselves
 * @throws UserError for a value that could be guessed
 */
export function generateValue(length: number, charset: string): Secret {
  const characters = [...new Set(charsets[charset] ?? charset)]
  const bits = length * Math.log2(characters.length)
  if (!(bits >= 64))
    throw new UserError(
      `${length} of ${characters.length} different characters can be guessed`,
      'Give a greater --length or more characters in --charset.',
    )
  return new Secret(Array.from({ length }, () => characters[randomInt(characters.length)]).join(''))
}
