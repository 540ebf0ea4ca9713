/**
 * A token without a form of its own, somewhere behind its issuer's name and a word such as `key`, with no operator
 * between name and value: `weatherbit key 8f59…`, `https://api.weatherbit.io/…?key=8f59…`, `"provider": "tavus", "x-api-key": "…"`,
 * or a key of the block that the name opens. Only for values of exact length: what has looser bounds would be any word.
 */
import type { AssignmentMatcher } from '../program.ts'
import { continuesWord, isBlank, isDigit, isName, isNewline, isQuote, latin1 } from './bytes.ts'
import { isIssuersWord } from './short-names.ts'

/** Bytes, end exclusive. */
export interface Beside {
  start: number
  end: number
}

const NEWLINE = 10
const DOT = 46
const EQUAL = 61

/** Most bytes between name and value. */
const REACH = 96
/** Most bytes from the beginning of such a word to the value. */
const WORD_REACH = 24
const WORD_REACH_OF_ID = 10
/** Lines of a block that are looked at behind the line that opens it. */
const BLOCK_LINES = 2

/** Words that say that the value is no identifier. */
const credentialWords = [
  'access',
  'apikey',
  'appid',
  'auth',
  'credential',
  'key',
  'pass',
  'private',
  'pwd',
  'secret',
  'token',
]

/** Words for any secret tell nobody's: `token` needs an operator, also where a rule goes by it. */
export function mayNameIssuer(name: string): boolean {
  return !plainWords.has(name)
}

const plainWords = new Set(['key', 'login', 'pass', 'password', 'secret', 'token'])

/** The value of the name that holds `bytes[hitStart .. hitEnd)`. */
export function findBeside(
  bytes: Uint8Array,
  hitStart: number,
  hitEnd: number,
  matcher: AssignmentMatcher,
  alphabet: Uint8Array,
): Beside | undefined {
  if (!matcher.beside || !isIssuersName(bytes, hitStart, hitEnd)) return undefined
  const words = matcher.beside === 'credential' ? [...credentialWords, ...matcher.with] : matcher.with
  const limit = Math.min(bytes.length, hitEnd + REACH)
  let lines = opensBlock(bytes, hitEnd) ? BLOCK_LINES : 0
  let at = hitEnd
  while (at < limit) {
    if (bytes[at] === NEWLINE && --lines < 0) return undefined
    if (!alphabet[bytes[at]!] || bytes[at] === EQUAL) {
      at++
      continue
    }
    const end = findRunEnd(bytes, at, alphabet, matcher.max + REACH)
    const start = findToken(bytes, at, end, matcher)
    if (start >= 0 && isNamed(bytes, hitStart, hitEnd, { start, end }, words)) return { start, end }
    at = end
  }
  return undefined
}

/** Whether the name opens a block of lines in which its value may stand, whatever these are. */
export function opensBlockOfValue(bytes: Uint8Array, hitStart: number, hitEnd: number): boolean {
  return isIssuersName(bytes, hitStart, hitEnd) && opensBlock(bytes, hitEnd)
}

function isIssuersName(bytes: Uint8Array, start: number, end: number): boolean {
  return isIssuersWord(bytes, start, end) && mayNameIssuer(latin1(bytes, start, end).toLowerCase())
}

/**
 * Whether nothing but punctuation follows the name, or the longer one it is in, on its line: `weatherbit:`,
 * `"weatherbit": {`, `# Weatherbit`, `variable "weatherbit_api_key" {`.
 */
function opensBlock(bytes: Uint8Array, hitEnd: number): boolean {
  let nameEnd = hitEnd
  while (nameEnd < hitEnd + LONGEST_REST && isName(bytes[nameEnd])) nameEnd++
  for (let at = nameEnd; at < nameEnd + 16; at++) {
    const byte = bytes[at]
    if (byte === undefined) return false
    if (isNewline(byte)) return true
    if (!isBlank(byte) && !isQuote(byte) && !openers.includes(byte)) return false
  }
  return false
}

const LONGEST_REST = 24
const openers = Buffer.from(':=>{([')

function findRunEnd(bytes: Uint8Array, from: number, alphabet: Uint8Array, most: number): number {
  const limit = Math.min(bytes.length, from + most)
  let end = from
  while (end < limit && alphabet[bytes[end]!] && bytes[end] !== EQUAL) end++
  // Equals signs only pad: before other characters one joins name and value.
  let padded = end
  while (padded < limit && alphabet[EQUAL] && bytes[padded] === EQUAL) padded++
  return padded === limit || !alphabet[bytes[padded]!] ? padded : end
}

/** Where a token starts that ends with the run: at the run's start, or behind a separator within it; -1 if there is none. */
function findToken(bytes: Uint8Array, from: number, end: number, matcher: AssignmentMatcher): number {
  const { min, max, prefix } = matcher
  const start = end - from > max ? end - max : from
  if (end - start < min || joinsWord(bytes, end) || !isMixed(bytes, start, end)) return -1
  const before = bytes[start - 1]!
  const begins = isSeparator(before) || (start === from && isOpener(before))
  return begins && latin1(bytes, start, start + prefix.length) === prefix ? start : -1
}

/** A full stop ends a sentence where no word follows it. */
function joinsWord(bytes: Uint8Array, end: number): boolean {
  const byte = bytes[end]
  return byte !== undefined && continuesWord(byte) && (byte !== DOT || isName(bytes[end + 1]))
}

/** What stands between a name and its value: `_ - . : =` */
function isSeparator(byte: number): boolean {
  return joinsName(byte) || byte === 58 || byte === EQUAL
}

function joinsName(byte: number): boolean {
  return byte === 95 || byte === 45 || byte === DOT
}

function isOpener(byte: number): boolean {
  return isBlank(byte) || isNewline(byte) || isQuote(byte) || brackets.includes(byte)
}

const brackets = Buffer.from('([{<>,;&?|')

/** Words and long numbers are not what a generator makes. */
function isMixed(bytes: Uint8Array, start: number, end: number): boolean {
  let digits = 0
  let letters = 0
  for (let at = start; at < end; at++) {
    if (isDigit(bytes[at]!)) digits++
    else if (isName(bytes[at])) letters++
  }
  return digits >= 2 && letters >= 2
}

/** Whether a word that says that it is a secret stands shortly before the value; the issuer's own name may hold one. */
function isNamed(
  bytes: Uint8Array,
  hitStart: number,
  hitEnd: number,
  { start, end }: Beside,
  words: readonly string[],
): boolean {
  const least = Math.max(0, start - (isObjectId(bytes, start, end) ? WORD_REACH_OF_ID : WORD_REACH))
  const beforeName = latin1(bytes, Math.min(least, hitStart), hitStart)
  const behindName = latin1(bytes, Math.max(least, hitEnd), start)
  const near = `${beforeName} ${behindName}`.toLowerCase()
  if (otherwiseNamed.test(near) || isListedDigest(bytes, start, end)) return false
  const name = latin1(bytes, Math.max(least, hitStart), Math.max(least, hitEnd)).toLowerCase()
  const isOwnWord = (word: string) => name.endsWith(word) && name.length >= word.length + 4
  // `acmekey-8f59…`, but not the rest of `sk_8f59…`, which has another form.
  if (joinsName(bytes[start - 1]!)) return words.some(word => near.slice(0, -1).endsWith(word))
  return words.some(word => near.includes(word) || isOwnWord(word))
}

/**
 * `--key-id …` names a key by what is no secret; a form's field shows what a value would look like: `placeholder="…"`; a digest is
 * of a file or a text, as in Debian's lists of packages: `Description-md5: …`.
 */
const otherwiseNamed =
  /(?:key[-_. ]?id|placeholder|(?:\bmd5|\bsha-?\d{1,3})(?:sum)?|digest|checksum)["'`:= ]*$/

/** A line of `md5sum`, `sha256sum` and their like, also of dpkg's `md5sums`: hexadecimal digits, two blanks or one and a `*`, a name. */
function isListedDigest(bytes: Uint8Array, start: number, end: number): boolean {
  if (start > 0 && !isNewline(bytes[start - 1]!)) return false
  return /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128}) [ *]\S/i.test(
    latin1(bytes, start, Math.min(end + 3, bytes.length)),
  )
}

/** 40 or 64 hexadecimal digits: git's names of objects stand beside names of hosts. */
function isObjectId(bytes: Uint8Array, start: number, end: number): boolean {
  return (end - start === 40 || end - start === 64) && /^[0-9a-f]+$/.test(latin1(bytes, start, end))
}
