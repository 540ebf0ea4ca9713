/** What the characters of a value tell about whether somebody chose or issued it as a secret. */
import { letterSurprise } from '../../letter-pairs.ts'

/** Passwords that nobody guesses twice; the first of the published lists, and words for the thing itself. */
const common =
  /^(?:admin|root|guest|user|test|demo|secret|pass|passwd|password|letmein|welcome|master|login|hello|world|qwerty|dragon|monkey|abc|postgres|mysql|oracle|redis|rabbitmq|mongo|minio|keycloak|vagrant|docker|jenkins|hunter|hunter2|correct|foo|bar|baz|p[a@]ss(?:w[o0]rd)?)[\d!@#_.-]{0,4}$|^(?:1{3,}|(?:123|321|456|654|abc|xyz){1,2}\d?|x{3,}|[a-z]{1,3}\d{1,3})$/

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
/** What joins the words of names, versions, paths and points in time; and the letters that words need. */
const isSeparator = flagsOf('-_.:/')
const isVowel = flagsOf('aeiouyAEIOUY')

/** Numbers that describe a value, by name; yes is 1 and no is 0. */
export function valueFeatures(value: string) {
  const length = Math.max(1, value.length)
  const small = value.toLowerCase()
  const {
    lower,
    upper,
    digit,
    other,
    changes,
    distinct,
    bits,
    longestDigits,
    longestWord,
    separators,
    vowels,
  } = countCharacters(value)
  return {
    length,
    lower: lower / length,
    upper: upper / length,
    digit: digit / length,
    other: other / length,
    kinds: Number(lower > 0) + Number(upper > 0) + Number(digit > 0) + Number(other > 0),
    separators,
    bits,
    bitsShare: length > 1 ? bits / Math.log2(length) : 0,
    distinct: distinct / length,
    changes: changes / length,
    longestWord,
    surprise: letterSurprise(value),
    vowels: vowels / Math.max(1, lower + upper),
    startsWithDigit: Number(kindOf(value.charCodeAt(0)) === DIGIT),
    digitRun: longestDigits,
    isCommon: Number(common.test(small)),
    saysSecret: Number(/pass|secret|token|key|auth|pwd/.test(small)),
    saysTest: Number(/test|example|sample|demo|foo|bar|dummy|fake|mock|user|admin|root|guest/.test(small)),
  }
}

/** Of one value at a time; all 0 between two. */
const counts = new Uint16Array(LAST_COUNTED + 1)

function countCharacters(value: string) {
  const ofKind = [0, 0, 0, 0]
  let changes = 0
  let longestDigits = 0
  let longestWord = 0
  let digits = 0
  let letters = 0
  let separators = 0
  let vowels = 0
  let before = -1
  for (let at = 0; at < value.length; at++) {
    const code = Math.min(value.charCodeAt(at), LAST_COUNTED)
    const kind = kindOf(code)
    counts[code]!++
    ofKind[kind]!++
    if (before >= 0 && kind !== before) changes++
    before = kind
    digits = kind === DIGIT ? digits + 1 : 0
    letters = kind === LOWER || kind === UPPER ? letters + 1 : 0
    if (digits > longestDigits) longestDigits = digits
    if (letters > longestWord) longestWord = letters
    separators += isSeparator[code]!
    vowels += isVowel[code]!
  }
  const [lower = 0, upper = 0, digit = 0, other = 0] = ofKind
  const { distinct, bits } = takeCounts(value)
  return {
    lower,
    upper,
    digit,
    other,
    changes,
    longestDigits,
    longestWord,
    separators,
    vowels,
    distinct,
    bits,
  }
}

/** How many different characters there are, and Shannon's entropy in bits a character. The counts are 0 after it. */
function takeCounts(value: string) {
  let distinct = 0
  let bits = 0
  for (let at = 0; at < value.length; at++) {
    const code = Math.min(value.charCodeAt(at), LAST_COUNTED)
    const count = counts[code]!
    if (count === 0) continue
    counts[code] = 0
    distinct++
    const share = count / value.length
    bits -= share * Math.log2(share)
  }
  return { distinct, bits }
}

function kindOf(code: number): number {
  return kinds[code] ?? OTHER
}

function flagsOf(characters: string): Uint8Array {
  return Uint8Array.from(kinds, (_kind, code) => Number(characters.includes(String.fromCharCode(code))))
}
