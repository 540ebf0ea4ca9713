/** What the characters of a value tell about whether somebody chose or issued it as a secret. */
import { letterSurprise } from './letter-pairs.ts'

const path = /^(?:\.{0,2}\/|[A-Za-z]:\\|~\/)|\.[a-z]{2,5}$|\/\w+\//i
/** Passwords that nobody guesses twice; the first of the published lists, and words for the thing itself. */
const common =
  /^(?:admin|root|guest|user|test|demo|secret|pass|passwd|password|letmein|welcome|master|login|hello|world|qwerty|dragon|monkey|abc|postgres|mysql|oracle|redis|rabbitmq|mongo|minio|keycloak|vagrant|docker|jenkins|hunter|hunter2|correct|foo|bar|baz|p[a@]ss(?:w[o0]rd)?)[\d!@#_.-]{0,4}$|^(?:1{3,}|(?:123|321|456|654|abc|xyz){1,2}\d?|x{3,}|[a-z]{1,3}\d{1,3})$/i

/** Kinds of characters. */
const LOWER = 0
const UPPER = 1
const DIGIT = 2
const OTHER = 3

/** Characters up to this one have an entry of their own in the counts; all others share one. */
const LAST_COUNTED = 255
const kinds = new Uint8Array(LAST_COUNTED + 1).fill(OTHER)
for (let code = 97; code <= 122; code++) kinds[code] = LOWER
for (let code = 65; code <= 90; code++) kinds[code] = UPPER
for (let code = 48; code <= 57; code++) kinds[code] = DIGIT

/** Numbers that describe a value, by name; yes is 1 and no is 0. */
export function valueFeatures(value: string) {
  const length = Math.max(1, value.length)
  const { lower, upper, digit, other, changes, distinct, bits, longestDigits } = countCharacters(value)
  const isHex = /^[0-9a-f]+$/i.test(value)
  const letters = wordsOf(value)
  return {
    length,
    lower: lower / length,
    upper: upper / length,
    digit: digit / length,
    other: other / length,
    kinds: Number(lower > 0) + Number(upper > 0) + Number(digit > 0) + Number(other > 0),
    separators: countMatches(value, /[-_.:/]/g),
    bits,
    bitsShare: length > 1 ? bits / Math.log2(length) : 0,
    distinct: distinct / length,
    changes: changes / length,
    longestWord: longestOf(letters),
    surprise: letterSurprise(letters),
    vowels: countMatches(letters, /[aeiouy]/g) / Math.max(1, lower + upper),
    startsWithDigit: Number(kindOf(value.charCodeAt(0)) === DIGIT),
    endsWithDigit: Number(kindOf(value.charCodeAt(value.length - 1)) === DIGIT),
    digitRun: longestDigits,
    isHex: Number(isHex),
    isBase64: Number(digit > 0 && upper > 0 && /^[A-Za-z0-9+/_-]{12,}={0,2}$/.test(value)),
    isPath: Number(path.test(value)),
    isCommon: Number(common.test(value)),
    hexLength: isHex ? value.length : 0,
    saysSecret: Number(/pass|secret|token|key|auth|pwd/i.test(value)),
    saysTest: Number(/test|example|sample|demo|foo|bar|dummy|fake|mock|user|admin|root|guest/i.test(value)),
  }
}

/** Its letters as lower-case words separated by blanks. */
export function wordsOf(value: string): string {
  return value.toLowerCase().replace(/[^a-z]+/g, ' ')
}

/** Of one value at a time. */
const counts = new Uint16Array(LAST_COUNTED + 1)

function countCharacters(value: string) {
  const ofKind = [0, 0, 0, 0]
  let changes = 0
  let digits = 0
  let longestDigits = 0
  let before = -1
  counts.fill(0)
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    const kind = kindOf(code)
    counts[Math.min(code, LAST_COUNTED)]!++
    ofKind[kind]!++
    if (before >= 0 && kind !== before) changes++
    before = kind
    digits = kind === DIGIT ? digits + 1 : 0
    if (digits > longestDigits) longestDigits = digits
  }
  const [lower = 0, upper = 0, digit = 0, other = 0] = ofKind
  return { lower, upper, digit, other, changes, longestDigits, ...measureCounts(value.length) }
}

/** How many different characters there are, and Shannon's entropy in bits a character. */
function measureCounts(length: number) {
  let distinct = 0
  let bits = 0
  for (const count of counts) {
    if (count === 0) continue
    distinct++
    const share = count / length
    bits -= share * Math.log2(share)
  }
  return { distinct, bits }
}

function kindOf(code: number): number {
  return kinds[code] ?? OTHER
}

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function longestOf(words: string): number {
  let longest = 0
  for (const word of words.split(' ')) if (word.length > longest) longest = word.length
  return longest
}
