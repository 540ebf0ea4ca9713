/**
 * Escapes of string literals: JSON (also JSON within JSON), JavaScript, C, Python, Go, Rust, shells' `$'…'`:
 * `\n`, `\"`, `\/`, `\xHH`, `\x{H…}`, `\uHHHH`, `\u{H…}`, `\UHHHHHHHH`, octal `\OOO`, and a backslash at the end of a line.
 */
import { readCodeUnits } from './code-units.ts'
import type { EscapeDecoder } from './decoder.ts'
import { hexDigit, hexNumber } from './digits.ts'
import type { TextBuilder } from './text-builder.ts'

const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

const simple = new Map(
  Object.entries({
    n: '\n',
    r: '\r',
    t: '\t',
    b: '\b',
    f: '\f',
    v: '\v',
    a: '\x07',
    e: '\x1b',
    '"': '"',
    "'": "'",
    '`': '`',
    '\\': '\\',
    '/': '/',
    $: '$',
  }).map(([name, character]) => [name.charCodeAt(0), character.charCodeAt(0)]),
)

export const backslash: EscapeDecoder = {
  lead: BACKSLASH,
  isRareLead: true,
  triggers: listTriggers(),
  isTelling(bytes, at) {
    const kind = bytes[at + 1]
    return kind === 0x2f || kind === 0x75 || kind === 0x78 || isOctal(kind)
  },
  read(bytes, at, end, text) {
    const kind = bytes[at + 1]
    if (kind === undefined || at + 1 >= end) return 0
    if (kind === 0x75) return readUnicode(bytes, at, end, text)
    if (kind === 0x55) return readLong(bytes, at, end, text)
    if (kind === 0x78) return readHex(bytes, at, end, text)
    if (isOctal(kind)) return readOctal(bytes, at, end, text)
    if (kind === 10) return 2
    if (kind === 13) return bytes[at + 2] === 10 && at + 2 < end ? 3 : 2
    const character = simple.get(kind)
    if (character === undefined) return 0
    text.push(character)
    return 2
  },
}

/** Every printable ASCII character as a number, and the two slashes of a URL. */
function listTriggers(): string[] {
  const high = [2, 3, 4, 5, 6, 7]
  const octal = ['04', '05', '06', '07', '10', '11', '12', '13', '14', '15', '16', '17']
  return [
    ...high.flatMap(digit => [`\\u00${digit}`, `\\u{${digit}`, `\\x${digit}`, `\\x{${digit}`]),
    ...octal.map(digits => `\\${digits}`),
    ...['\\/\\/', '\\u000a', '\\u000d', '\\x0a', '\\x0d', '\\012', '\\015'],
  ]
}

function readUnicode(bytes: Uint8Array, at: number, end: number, text: TextBuilder): number {
  return bytes[at + 2] === OPEN_BRACE ? readBraces(bytes, at, end, text) : readCodeUnits(bytes, at, end, text)
}

function readLong(bytes: Uint8Array, at: number, end: number, text: TextBuilder): number {
  const point = hexNumber(bytes, at + 2, end, 8)
  if (point < 0) return 0
  text.pushCodePoint(point)
  return 10
}

function readHex(bytes: Uint8Array, at: number, end: number, text: TextBuilder): number {
  if (bytes[at + 2] === OPEN_BRACE) return readBraces(bytes, at, end, text)
  const byte = hexNumber(bytes, at + 2, end, 2)
  if (byte < 0) return 0
  text.push(byte)
  return 4
}

function readBraces(bytes: Uint8Array, at: number, end: number, text: TextBuilder): number {
  let digits = 0
  while (digits < 6 && hexDigit(bytes[at + 3 + digits]) >= 0) digits++
  const close = at + 3 + digits
  if (digits === 0 || close >= end || bytes[close] !== CLOSE_BRACE) return 0
  text.pushCodePoint(hexNumber(bytes, at + 3, end, digits))
  return digits + 4
}

/** Up to three digits, at most 255. */
function readOctal(bytes: Uint8Array, at: number, end: number, text: TextBuilder): number {
  let value = 0
  let digits = 0
  for (; digits < 3 && at + 1 + digits < end; digits++) {
    const digit = bytes[at + 1 + digits]
    if (digit === undefined || !isOctal(digit) || value * 8 + digit - 0x30 > 255) break
    value = value * 8 + digit - 0x30
  }
  text.push(value)
  return 1 + digits
}

function isOctal(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x37
}
