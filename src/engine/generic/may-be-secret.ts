import type { JudgedKind } from '../../program.ts'
import { isDigit, isName, isQuote, latin1 } from '../bytes.ts'
import { readsAsWords, surpriseOfWords } from './reads-as-words.ts'

const DOLLAR = 36
const AMPERSAND = 38
const SEMICOLON = 59
const QUESTION = 63
const BACKSLASH = 92
const OPEN_BRACE = 123

/** A value that is assigned to a name. Offsets are bytes, ends exclusive. */
export interface AssignedValue {
  nameStart: number
  nameEnd: number
  secretStart: number
  secretEnd: number
  /** See `Value`. */
  quote: number
}

/**
 * Whether a value is worth a text of its own and a look at it, told from its bytes and those around it. In code a bare word is
 * an expression, unless it stands within a text, as in `"Server=db;Password=…"`, `?token=…` or `${api.token:…}`; texts of several words
 * are told to people. Thousands of them are passed by here.
 * @param ofLines what follows the value's line may be of another text and tells nothing
 */
export function mayBeSecret(
  bytes: Uint8Array,
  value: AssignedValue,
  kind: JudgedKind,
  isCode: boolean,
  ofLines = false,
): boolean {
  const { nameStart, nameEnd, secretStart, secretEnd } = value
  if (value.quote === OPEN_BRACE) return isOfKey(latin1(bytes, nameStart, nameEnd))
  return (
    (value.quote !== 0 || mayBareBeSecret(bytes, value, isCode, ofLines)) &&
    !isOfPublicKey(bytes, value.nameStart) &&
    !holdsBlank(bytes, secretStart, secretEnd) &&
    !readsAsWords(bytes, secretStart, secretEnd, surpriseOfWords[kind])
  )
}

/** Lists of bytes have many names, and are keys under few. */
function isOfKey(name: string): boolean {
  return /(?:key|secret)\d?$/i.test(name) && !/pub|test|expect|want/i.test(name)
}

function mayBareBeSecret(
  bytes: Uint8Array,
  { nameStart, nameEnd, secretStart, secretEnd }: AssignedValue,
  isCode: boolean,
  ofLines: boolean,
): boolean {
  if (isCode && !isWithinText(bytes, nameStart, nameEnd) && !endsText(bytes[secretEnd])) return false
  if (isCall(bytes, secretStart, secretEnd) || isSyntaxNode(bytes, secretStart, secretEnd)) return false
  if (bytes[nameStart - 1] === QUESTION && isOfBadge(bytes, nameStart - 1)) return false
  if (isPiece(bytes, secretEnd, ofLines)) return false
  return !isFingerprint(bytes, nameStart, secretStart, secretEnd) && !isVerdict(bytes, nameStart, ofLines)
}

/** A passphrase among texts of several words has no form that tells it from those. */
function holdsBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    if (byte === SPACE || (byte >= TAB && byte <= CARRIAGE_RETURN)) return true
  }
  return false
}

const TAB = 9
const CARRIAGE_RETURN = 13
const SPACE = 32
const COMMA = 44
const MAX_PIECE = 64

/**
 * Whether the text that the value ends with goes on in the next one of a list: `["token=eyJh", "bGciOiJI", …]`, as examples are
 * put together that no scanner shall find. An argument, another pair or the next key is no piece: `["--token=…", "--host"]`,
 * `{"line": "token=…", "lineNumber": 3}`.
 */
function isPiece(bytes: Uint8Array, secretEnd: number, ofLines: boolean): boolean {
  if (!isQuote(bytes[secretEnd]) || bytes[secretEnd + 1] !== COMMA) return false
  const text = latin1(bytes, secretEnd + 2, Math.min(bytes.length, secretEnd + MAX_PIECE))
  const [whole = '', piece = '', colon] =
    /^\s{0,8}["'`]([A-Za-z0-9+/_.=-]{3,})(["'`]\s{0,8}:)?/.exec(text) ?? []
  if (colon !== undefined || (ofLines && whole.includes('\n'))) return false
  return !/^--?[a-z]|.=./i.test(piece) && /\d|[a-z][A-Z]/.test(piece)
}

/** A name in quotes of its own is a key: `'token': settings.token`. */
function isWithinText(bytes: Uint8Array, nameStart: number, nameEnd: number): boolean {
  const before = bytes[nameStart - 1]
  if (isQuote(before)) return !isQuote(bytes[nameEnd])
  if (before === OPEN_BRACE) return bytes[nameStart - 2] === DOLLAR
  return before === AMPERSAND || before === QUESTION || before === SEMICOLON
}

/** Bytes of an address to look back over. */
const MOST_ADDRESS = 200

/** `…/graph/badge.svg?token=…`: a picture in a public page. Who makes such tokens makes them for that. */
function isOfBadge(bytes: Uint8Array, query: number): boolean {
  const from = Math.max(0, query - MOST_ADDRESS)
  const before = Buffer.from(bytes.buffer, bytes.byteOffset + from, query - from).toString('latin1')
  const address = before.slice(before.search(/[^\s"'`<>()[\]]*$/))
  return address.includes('://') && /badge|\.svg$/i.test(address)
}

function endsText(after: number | undefined): boolean {
  return isQuote(after) || after === BACKSLASH || after === AMPERSAND
}

const OPEN_PAREN = 40
const OPEN_BRACKET = 91

/** `getToken(…`, `options[…`: a name that is called or indexed. */
function isCall(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  while (at < end && isName(bytes[at])) at++
  return at > start && at < end && (bytes[at] === OPEN_PAREN || bytes[at] === OPEN_BRACKET)
}

/** `Release GPG key: 3ABC…`, `Signing keys: …`: what OpenPGP names a key by (RFC 4880, section 12.2). */
function isFingerprint(bytes: Uint8Array, nameStart: number, start: number, end: number): boolean {
  if (end - start !== 40 && end - start !== 16) return false
  return (
    /(?:gpg|pgp|sign(?:ing|ature))[-_. ]$/i.test(latin1(bytes, Math.max(0, nameStart - 10), nameStart)) &&
    /^[0-9A-F]+$/.test(latin1(bytes, start, end))
  )
}

/** `public key "RWTx…"`: told by the word before the name. */
function isOfPublicKey(bytes: Uint8Array, nameStart: number): boolean {
  if (bytes[nameStart - 1] !== SPACE || (bytes[nameStart - 2]! | 32) !== LETTER_C) return false
  return /^public key/i.test(latin1(bytes, Math.max(0, nameStart - 7), nameStart + 3))
}

const LETTER_C = 99
const NEWLINE = 10
const pass = Buffer.from('PASS: ')
/** What test frameworks begin the lines of their logs with (POSIX 1003.3, DejaGnu, Automake). */
const verdicts = /^(?:[XK]?(?:PASS|FAIL)|UNRESOLVED|UNSUPPORTED|UNTESTED|SKIP|ERROR): |^Running /
const LONGEST_VERDICT = 13

/** `PASS: ld-scripts/phdrs`: a line of a test log, as the one before or after it is, too. */
function isVerdict(bytes: Uint8Array, nameStart: number, ofLines: boolean): boolean {
  if (bytes[nameStart] !== pass[0] || bytes[nameStart + 1] !== pass[1]) return false
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (!text.subarray(nameStart, nameStart + pass.length).equals(pass)) return false
  const start = text.lastIndexOf(NEWLINE, nameStart) + 1
  if (nameStart - start > 1) return false
  const before = start < 2 ? undefined : text.lastIndexOf(NEWLINE, start - 2) + 1
  const after = ofLines ? 0 : text.indexOf(NEWLINE, nameStart) + 1
  return [before, after || undefined].some(
    line => line !== undefined && verdicts.test(text.toString('latin1', line, line + LONGEST_VERDICT)),
  )
}

const DOT = 46
const AT = 64

/** `IDENT@1692..1695`: a node of a syntax tree and where it stands, of which parsers' tests hold millions. */
function isSyntaxNode(bytes: Uint8Array, start: number, end: number): boolean {
  const second = skipDigitsBack(bytes, start, end)
  if (second === end || bytes[second - 1] !== DOT || bytes[second - 2] !== DOT) return false
  const first = skipDigitsBack(bytes, start, second - 2)
  return first < second - 2 && first - 1 > start && bytes[first - 1] === AT
}

function skipDigitsBack(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && isDigit(bytes[at - 1]!)) at--
  return at
}
