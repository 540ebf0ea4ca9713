/** What the form of a value says about it. */
import { entropyOf } from '../entropy.ts'
import { letterSurprise } from '../letter-pairs.ts'

/** Numbers, switches, durations, paths, addresses without a password, lists of words. */
export function looksLikeConfig(value: string): boolean {
  return (
    /^(?:true|false|yes|no|on|off|null|none|nil|undefined|auto|default)$/i.test(value) ||
    /^[+-]?[\d.,_]{1,7}\s?[a-z]{0,12}$/i.test(value) ||
    /^(?:\.{0,2}|~|[A-Za-z]:)[\\/](?![A-Za-z0-9+/]{30,}={0,2}$)/.test(value) ||
    /\.(?:pem|json|key|crt|cer|p12|jks|pub|txt|ya?ml)$/i.test(value) ||
    (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) && !holdsPassword(value)) ||
    /^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(value) ||
    /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/.test(value)
  )
}

/** `scheme://user:password@host`, wherever it stands in the value. */
export function holdsPassword(value: string): boolean {
  return /[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:[^\s/]+@/i.test(value)
}

/**
 * Short, or mostly words: what a developer types, and nobody would have to guess long.
 * @param names words of letters and digits that say nothing here, as those of the key's own name
 */
export function isWeak(value: string, names: readonly string[] = []): boolean {
  const known = names.filter(({ length }) => length >= SHORTEST_NAME)
  const own = known.length ? value.replace(new RegExp(known.join('|'), 'gi'), '') : value
  const rest = own.replace(homemade, '')
  if (rest.length < 8 || isPhrase(rest)) return true
  const words = value
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .filter(isWord)
  return words.join('').length >= value.length * 0.6
}

/** Shorter ones stand in other texts by chance. */
const SHORTEST_NAME = 4

/** What people write into secrets that they make up, also with digits and signs for letters. */
const homemade = /passw(?:or|0r)?ds?|passphrase|s[e3$]cr[e3]ts?|ch[a4]ng[e3](?:me)?|t[e3]st/gi

/** Words run together: letters of one case, as many vowels as languages have, and no more consonants in a row. */
function isPhrase(value: string): boolean {
  if (!/^(?:[a-z]+|[A-Z]+)$/.test(value) || /[^aeiouy]{6}/i.test(value)) return false
  const vowels = value.replace(/[^aeiou]/gi, '').length / value.length
  if (vowels < 0.3 || vowels > 0.6) return false
  return value.length < LONG_PHRASE || letterSurprise(value) < RANDOM_LETTERS
}

/** From here on random letters are told from words: one mail provider gives out sixteen. */
const LONG_PHRASE = 12
/** Nats a letter: of a thousand random texts of that length one has less. */
const RANDOM_LETTERS = 3.3

/** Letters of one case but for the first, with a vowel and no more consonants in a row than words have. */
function isWord(word: string): boolean {
  return (
    /^[A-Za-z](?:[a-z]{2,15}|[A-Z]{2,15})$/.test(word) &&
    /[aeiouy]/i.test(word) &&
    !/[^aeiouy]{6}/i.test(word) &&
    (word.length < LONG_PHRASE || letterSurprise(word) < RANDOM_LETTERS)
  )
}

/** What a text in base64 says; any other value as it is. Random bytes hardly ever are letters and signs only. */
export function undoBase64(value: string): string {
  if (!/^(?:[A-Za-z0-9+/]{4}){2,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)) return value
  const text = Buffer.from(value, 'base64').toString('latin1').trim()
  return /^[\x20-\x7e]{6,}$/.test(text) ? text : value
}

/** As a generator makes it: long, of several kinds of characters, no blanks and no structure of an address or a path. */
export function looksGenerated(value: string): boolean {
  if (value.length < 16 || value.length > 512 || !/^[\w+/=.~!@#$%^&*:-]+$/.test(value)) return false
  if (/^[a-z-]+(?:\.[a-z-]+)+(?:[:/]|$)/i.test(value) || /^[\w-]+\.apps\.|^arn:/.test(value)) return false
  const hasDigit = /\d/.test(value)
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter(kind => kind.test(value)).length
  const isHex = /^[0-9a-f]{32,}$/i.test(value)
  return !isWeak(value) && hasDigit && (isHex || kinds >= 3) && entropyOf(value) >= 3
}

/** This machine, or a name without a dot, as containers call each other. */
export function isLocalHost(host: string): boolean {
  return host === '' || /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|host\.docker\.internal|[\w-]+)$/.test(host)
}
