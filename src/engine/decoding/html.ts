/** Character references of HTML and XML: numbers, and the names of ASCII characters (HTML, section 13.5). */
import { latin1 } from '../bytes.ts'
import type { EscapeDecoder } from './decoder.ts'
import { hexDigit } from './digits.ts'
import type { TextBuilder } from './text-builder.ts'

const AMPERSAND = 0x26
const HASH = 0x23
const SEMICOLON = 0x3b

const names: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  ast: '*',
  bsol: '\\',
  colon: ':',
  comma: ',',
  commat: '@',
  dollar: '$',
  equals: '=',
  excl: '!',
  grave: '`',
  gt: '>',
  Hat: '^',
  hyphen: '-',
  lbrace: '{',
  lbrack: '[',
  lcub: '{',
  lowbar: '_',
  lpar: '(',
  lsqb: '[',
  lt: '<',
  nbsp: ' ',
  NewLine: '\n',
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quest: '?',
  quot: '"',
  rbrace: '}',
  rbrack: ']',
  rcub: '}',
  rpar: ')',
  rsqb: ']',
  semi: ';',
  sol: '/',
  Tab: '\t',
  verbar: '|',
  vert: '|',
}
const LONGEST_NAME = 8

/** In ordinary HTML and XML these are everywhere. */
const everywhere = /^(?:#(?:3[489]|6[02]|160|x(?:2[267]|3[ce]|a0))|quot|amp|apos|lt|gt|nbsp);/i

export const html: EscapeDecoder = {
  lead: AMPERSAND,
  isRareLead: true,
  triggers: ['&#', ...Object.keys(names).map(name => `&${name.toLowerCase()};`)].filter(
    trigger => !everywhere.test(trigger.slice(1)),
  ),
  isTelling: (bytes, at) => !everywhere.test(latin1(bytes, at + 1, Math.min(bytes.length, at + 10))),
  read(bytes, at, end, text) {
    return bytes[at + 1] === HASH ? readNumber(bytes, at, end, text) : readName(bytes, at, end, text)
  },
}

function readNumber(bytes: Uint8Array, at: number, end: number, text: TextBuilder): number {
  const isHex = ((bytes[at + 2] ?? 0) | 32) === 0x78
  const first = at + (isHex ? 3 : 2)
  const base = isHex ? 16 : 10
  let value = 0
  let next = first
  for (; next < end && next < first + 7; next++) {
    const digit = hexDigit(bytes[next])
    if (digit < 0 || digit >= base) break
    value = value * base + digit
  }
  if (next === first) return 0
  text.pushCodePoint(value)
  return (next < end && bytes[next] === SEMICOLON ? next + 1 : next) - at
}

function readName(bytes: Uint8Array, at: number, end: number, text: TextBuilder): number {
  const limit = Math.min(end, at + LONGEST_NAME + 2)
  let close = at + 1
  while (close < limit && bytes[close] !== SEMICOLON) close++
  if (close >= limit) return 0
  const name = latin1(bytes, at + 1, close)
  const character = Object.hasOwn(names, name) ? names[name] : undefined
  if (character === undefined) return 0
  text.push(character.charCodeAt(0))
  return close + 1 - at
}
