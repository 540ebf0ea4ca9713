/** Values that stand for a secret and are none: `changeme`, `<your-key>`, `${TOKEN}`, `xxxxxxxx`, `1234567890abcdef`. */

import { letterSurprise, SURPRISE_OF_WORDS } from '../letter-pairs.ts'

/** Syntax of templates, references and masks in the languages that config is written in. */
const templates = [
  /^\$\{?\(?\w/, // $VAR, ${VAR}, $(command)
  /\$\{[^}]*\}|\{\{[^}]*\}\}|<%[^%]*%>|#\{[^}]*\}|%\{[^}]*\}|\[\[[^\]]*\]\]/,
  /^%\(?\w+[%)]s?$/, // %VAR%, %(name)s
  /^<[^<>]*>$|^\[[^\]]*\]$|^\{[^{}"]*\}$|^\([^()]*\)$/,
  /^@@?[\w.]+@@?$|^:\w+$|^\?+$/,
  /^!(?:Ref|Sub|GetAtt|vault|secret)\b/,
  /^(?:secretref|vault|op|ssm|arn|file|env|ref|kms|awskms|gcpkms|projects)[:+/]/i,
  /^ENC\[|^enc(?:rypted)?:|^\{cipher\}/,
  // A regular expression for values of this form, and texts that are put together.
  /\[\^?[0-9A-Za-z]-[0-9A-Za-z]|\\[bdwsS][*+{)[]|[\])\w]\{\d+(?:,\d*)?\}/,
  /["'`],? ?\+? ?["'`]/,
]

/** All of those have a character that words, versions and tokens do without. */
const hasSyntax = /[^\w.-]/

/** What hides a value or stands for it without any syntax. */
const masks =
  /^__\w+__$|^AGE-SECRET|\*{3,}|•{3,}|x{5,}|X{4,}|\.{3,}|…|\u00e2\u0080\u00a6|_{4,}|-{6,}|#{4,}|0{8,}/

const words = new RegExp(
  '(?:' +
    [
      'change.?me',
      'change.?this',
      'replace.?(?:me|this|with)',
      '^replace[-_]',
      'place.?holder',
      'example',
      'sample',
      'dummy',
      'fake',
      'your[-_ .]',
      '^your',
      'my[-_ ]?(?:secret|password|token|api|key)',
      '(?:put|insert|enter|add|paste|set)[-_ ](?:your|the|here|a)',
      'here$',
      'redacted',
      'removed',
      'hidden',
      'masked',
      'todo',
      'fixme',
      'not.?a.?(?:real|secret)',
      'no.?secret',
      'some.?(?:secret|password|token|key|value)',
      'a.?secret',
      'test.?(?:secret|password|token|key)',
      'undefined',
      'foo.?bar',
      'lorem',
      'bla.?bla',
      'qwerty',
      'asdf',
      'asdasd',
      'abcdef',
      '123456',
      '12345$',
      'deadbeef',
      'notset',
      'not.?set',
      'unset',
    ].join('|') +
    ')',
)

/** Values of settings that nobody made. */
const wholes = new Set('null nil none true false yes no empty default string required optional'.split(' '))

/** Whether a value is a template, a reference, a mask or a word that people put in place of a secret. */
export function isPlaceholder(value: string): boolean {
  const lower = value.toLowerCase()
  return (
    isDummy(value) ||
    wholes.has(lower) ||
    words.test(lower) ||
    masks.test(value) ||
    (hasSyntax.test(value) && templates.some(template => template.test(value)))
  )
}

/** Words that documentation puts into tokens of the right form; too long to occur by chance in one of this length. */
const noted = /example|placeholder|change[-_]?me|redacted|qwerty|asdfgh/i
const LONGEST_NOTED = 300

/** Four letters come by chance in a longer one. */
const notedInShort = /FAKE|[Ff]ake/
const LONGEST_FAKE = 64

/** Whether the characters show that nobody issued this: few different ones, a run, a sequence. Holds for tokens of any form. */
export function isDummy(token: string): boolean {
  return (
    hasNote(token) ||
    hasFewCharacters(token) ||
    hasRun(token) ||
    hasSequence(token, token.length >= 20 ? 9 : 7) ||
    (mayRepeat.test(token) && repeatsGroup.test(token)) ||
    countsInHex(token)
  )
}

/** `xoxp-1234-1234-1234-…`: one group three times. */
const repeatsGroup = /([0-9A-Za-z]{3,12})([-_.])\1\2\1(?![0-9A-Za-z])/
/** The one in the middle, which few texts have. */
const mayRepeat = /[-_.][0-9A-Za-z]{3,12}[-_.]/

/** `000102030405…`, `00112233…`: bytes in hexadecimal, each as far from the one before, as in test vectors. */
function countsInHex(token: string): boolean {
  if (token.length < LEAST_COUNTING || !/^(?:[0-9a-f]{2})+$/i.test(token)) return false
  const bytes = Buffer.from(token, 'hex')
  const step = (bytes[1] ?? 0) - (bytes[0] ?? 0)
  return bytes.every((byte, i) => i === 0 || ((byte - (bytes[i - 1] ?? 0) - step) & 0xff) === 0)
}

/** Digits: eight bytes do not come like that by chance. */
const LEAST_COUNTING = 16

function hasNote(token: string): boolean {
  return (
    (token.length <= LONGEST_NOTED && noted.test(token)) ||
    (token.length <= LONGEST_FAKE && notedInShort.test(token))
  )
}

/** The most different characters of a text that is said to have few. */
const FEW = 4

function hasFewCharacters(token: string): boolean {
  if (token.length < 8) return false
  const most = Math.min(FEW, token.length >> 2)
  const seen = new Int32Array(FEW)
  let distinct = 0
  for (let at = 0; at < token.length; at++) {
    const code = lowerCode(token, at)
    let known = 0
    while (known < distinct && seen[known] !== code) known++
    if (known < distinct) continue
    if (distinct === most) return false
    seen[distinct++] = code
  }
  return true
}

function hasRun(token: string): boolean {
  const length = token.length >= 20 ? 7 : 5
  let run = 1
  for (let at = 1; at < token.length; at++) {
    run = token.charCodeAt(at) === token.charCodeAt(at - 1) ? run + 1 : 1
    if (run >= length) return true
  }
  return false
}

/** `abcdefghi`, `987654321`: neighbours in the alphabet, up or down, case ignored. */
function hasSequence(token: string, length: number): boolean {
  let up = 1
  let down = 1
  let before = lowerCode(token, 0)
  for (let at = 1; at < token.length; at++) {
    const code = lowerCode(token, at)
    up = code - before === 1 ? up + 1 : 1
    down = code - before === -1 ? down + 1 : 1
    if (up >= length || down >= length) return true
    before = code
  }
  return false
}

/** The code of a character, that of the small letter for a capital one of ASCII. */
function lowerCode(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 65 && code <= 90 ? code + 32 : code
}

/** Zeros in base64, as of reserved fields; what is left of the token tells. */
const zeroBytes = /A{6,}/g
/** Numbers within a token, of its workspace or user: people mask them and leave the rest, and neither is the secret. */
const ids = /-\d{8,}(?=-)/g
const LEAST_REST = 20

/** `wrongwrongwrongwrong` */
const repeatsPiece = /([A-Za-z]{3,8}?)\1{3}/

/** Shortest sequence that a generator will hardly make. */
const LEAST_SEQUENCE = 5

/**
 * Whether a token of its issuer's exact form was typed and not issued: it says so, few characters occur, one is repeated,
 * or at least half of it is sequences. People also change a part of a real token, which is then reported.
 */
export function isMadeUp(token: string): boolean {
  const rest = token.replace(zeroBytes, '').replace(ids, '')
  if (rest !== token && rest.length >= LEAST_REST) return isMadeUp(rest)
  return (
    hasNote(token) ||
    hasFewCharacters(token) ||
    hasRun(token) ||
    repeatsPiece.test(token) ||
    measureSequences(token) * 2 >= token.length ||
    encodesWords(token)
  )
}

/** Base64 of a phrase, as behind the prefix of a token in a test. */
function encodesWords(token: string): boolean {
  const [, body = ''] = /[_-]([A-Za-z0-9+/]{20,200}={0,2})$/.exec(token) ?? []
  return body !== '' && /^[a-z]+(?:[ _-][a-z]+)*\s?$/i.test(Buffer.from(body, 'base64').toString('latin1'))
}

/** How many characters belong to sequences of neighbours in the alphabet, up or down, case ignored. */
function measureSequences(token: string): number {
  const lower = token.toLowerCase()
  let sum = 0
  let start = 0
  for (let at = 1; at <= lower.length; at++) {
    const step = lower.charCodeAt(at) - lower.charCodeAt(at - 1)
    const isNext = Math.abs(step) === 1
    if (isNext && (at - start < 2 || step === lower.charCodeAt(at - 1) - lower.charCodeAt(at - 2))) continue
    if (at - start >= LEAST_SEQUENCE) sum += at - start
    start = isNext ? at - 1 : at
  }
  return sum
}

/**
 * Whether it is letters only, as names of types are, where one of 10 to 26 random characters would be a digit; or a name of
 * code, whose letters read as words: `params.shopClientSecret`.
 */
export function isWordy(token: string): boolean {
  return (token.length >= LEAST_WORDY && /^[A-Za-z_-]+$/.test(token)) || isNameOfCode(token)
}

/** Names joined by what joins them in code, with a digit here and there. */
function isNameOfCode(token: string): boolean {
  if (!/^[A-Za-z_$][\w$-]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)*$/.test(token)) return false
  const digits = token.replace(/\D/g, '').length
  return (
    token.length >= LEAST_NAME &&
    digits * LETTERS_A_DIGIT <= token.length &&
    letterSurprise(token) < SURPRISE_OF_WORDS
  )
}

const LEAST_WORDY = 12
const LEAST_NAME = 20
const LETTERS_A_DIGIT = 12
