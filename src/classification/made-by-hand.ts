/** Values that a person typed, as against those that a program made. */

import { letterSurprise } from '../letter-pairs.ts'
import { lookAlikes } from '../look-alikes.ts'

/** Nats a letter: words of languages and names of products come to less, and of random letters hardly any three in a row do. */
const MOST_OF_WORDS = 3

/** Parts of passwords that are no words of a language. */
const abbreviations =
  /^(?:pwd|pswd|jwt|db|dev|api|sql|psql|pg|app|key|usr|srv|tmp|qwe\w*|asd\w*|zxc\w*|abc\w*|xyz)$/i

/** What nobody but a person writes into a password: of random letters hardly ever as many are one of these. */
const homemade = /passw(?:or|0r)d|passphrase|changeme|qwert[yz]|administrator/i

/**
 * It speaks of passwords or ends by saying that it is none, half of it is words, also with digits and signs for letters, it is a short name and a number, or a
 * few keys pressed over and over.
 */
export function isTypedByHand(value: string): boolean {
  return (
    homemade.test(value) ||
    /[-_.](?:test|dummy|fake|example|sample)$/i.test(value) ||
    nameAndNumber.test(value) ||
    isWrittenUuid(value) ||
    measureWords(value) >= 0.5 ||
    measureWords(undoSigns(value)) >= 0.5 ||
    isDrummed(value) ||
    isCounted(value)
  )
}

/** `isca0010`, `sdjfsdf`, `let-me-in`, `19450612`: a generator seldom keeps letters and digits apart, and small letters from large ones. */
const nameAndNumber =
  /^(?=.{0,12}$)(?:[a-z]+(?:[-_.][a-z]+)*|[A-Z]+|\d+|[A-Za-z]{2,}[\W_]?\d+|\d+[\W_]?[A-Za-z]{2,})[\W_]?$/

/** `shopadm1-777d-4b0d-b7a5-dc0a2e677295`: a part of a UUID that has no hexadecimal digits is somebody's. */
function isWrittenUuid(value: string): boolean {
  if (!/^[0-9a-z]{8}-(?:[0-9a-z]{4}-){3}[0-9a-z]{12}$/i.test(value)) return false
  const others = value.split('-').filter(part => !/^[0-9a-f]+$/i.test(part))
  return others.length > 0 && others.length <= 2
}

/** The share of characters in words, and in years and numbers that count up beside them. */
function measureWords(value: string): number {
  const words = value
    .replace(/([a-z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([a-z][A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .filter(isWord)
  const isNamed = words.some(({ length }) => length >= 5)
  const numbers = isNamed ? (value.match(/(?<!\d)(?:(?:19|20)\d\d|123(?:45?6?7?8?9?)?)(?!\d)/g) ?? []) : []
  return [...words, ...numbers].join('').length / value.length
}

function isWord(text: string): boolean {
  return abbreviations.test(text) || (text.length >= 3 && letterSurprise(text) < MOST_OF_WORDS)
}

const letters: Readonly<Record<string, string>> = { ...lookAlikes, '!': 'i', '|<': 'k' }

/** `P@ssw0rd` → `Password`: signs beside a letter that look like another. */
export function undoSigns(value: string): string {
  return value.replace(
    /(?:\|<|[013457@$!])(?=[A-Za-z|@$013457])|(?<=[A-Za-z])[013457@$!]/g,
    sign => letters[sign] ?? sign,
  )
}

const SHORTEST_DRUMMED = 16
const LONGEST_ROLLED = 32
const SHORTEST_COUNTED = 12

/** `00112233…`, `abcdef…`, `a1b2c3d4…`: each character, or each second one, follows from the one before. */
function isCounted(value: string): boolean {
  if (value.length < SHORTEST_COUNTED) return false
  const codes = [...value.toLowerCase()].map(character => parseInt(character, 36))
  return [1, 2].some(step => {
    const next = codes.filter((code, at) => at >= step && Math.abs(code - (codes[at - step] ?? NaN)) <= 1)
    return next.length >= (codes.length - step) * 0.75
  })
}

/** Fingers that drum on the keyboard: the same pairs of characters again and again, or long on a few letters. */
function isDrummed(value: string): boolean {
  if (value.length < SHORTEST_DRUMMED) return false
  const pairs = new Set(Array.from({ length: value.length - 1 }, (_, at) => value.slice(at, at + 2)))
  const letters = value.toLowerCase().replace(/[^a-z]/g, '')
  return (
    pairs.size * 2 < value.length || isRolled(value) || hasFewLetters(letters) || staysInMiddleRow(letters)
  )
}

/** `xcvxcv`: three letters and the same again, as in one of a thousand short random texts; hexadecimal numbers have six letters. */
function isRolled(value: string): boolean {
  return value.length <= LONGEST_ROLLED && !/^[0-9a-f]*$/i.test(value) && /([a-z]{3,})\1/i.test(value)
}

const SHORTEST_ROW = 12

/** Nine of 26 letters are in the middle row of a keyboard; of random ones hardly ever two thirds are. */
function staysInMiddleRow(letters: string): boolean {
  if (letters.length < SHORTEST_ROW || /^[a-f]*$/.test(letters)) return false
  return letters.replace(/[^asdfghjkl]/g, '').length * 3 >= letters.length * 2
}

const ALPHABET = 26
const SHORTEST_OF_FEW = 24

/** Random letters of that number show more different ones, but for one text in a thousand; hexadecimal numbers have six. */
function hasFewLetters(letters: string): boolean {
  if (letters.length < SHORTEST_OF_FEW || /^[a-f]*$/.test(letters)) return false
  const expected = ALPHABET * (1 - (1 - 1 / ALPHABET) ** letters.length)
  return new Set(letters).size < expected * 0.7
}
