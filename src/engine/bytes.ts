import { byteKind } from '../kernel/hit-filter.ts'

/** Byte classes that the matchers of this folder share. Bytes ≥ 0x80 count as letters: names and passwords are written in every language. */
const NAME = 1
const BLANK = 2
const QUOTE = 4
const NEWLINE = 8
const WORD = 16

const classes = new Uint8Array(256)
/** 256 flags: bytes that no name holds. */
export const endsName = new Uint8Array(256)
for (let byte = 0; byte < 256; byte++) {
  const isWord =
    (byte >= 48 && byte <= 57) ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 97 && byte <= 122) ||
    byte === 95 ||
    byte >= 128
  // `_ - . $` join the words of a name: api_key, api-key, spring.password, $password.
  if (isWord || byte === 45 || byte === 46 || byte === 36) classes[byte] = NAME
  else endsName[byte] = 1
  if (isWord && byte < 128) classes[byte]! |= WORD
}
classes[32] = BLANK
classes[9] = BLANK
classes[34] = QUOTE
classes[39] = QUOTE
classes[96] = QUOTE
classes[10] = NEWLINE
classes[13] = NEWLINE

export function isName(byte: number | undefined): boolean {
  return byte !== undefined && (classes[byte]! & NAME) !== 0
}

export function isBlank(byte: number | undefined): boolean {
  return byte !== undefined && (classes[byte]! & BLANK) !== 0
}

export function isQuote(byte: number | undefined): boolean {
  return byte !== undefined && (classes[byte]! & QUOTE) !== 0
}

export function isNewline(byte: number | undefined): boolean {
  return byte !== undefined && (classes[byte]! & NEWLINE) !== 0
}

export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && (classes[byte]! & (BLANK | NEWLINE)) !== 0
}

/** The first byte from `from` on that is no blank. */
export function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from
  while (isBlank(bytes[at])) at++
  return at
}

/** What `\w` and `\b` of a regex mean by a word. */
export function isWord(byte: number): boolean {
  return (classes[byte]! & WORD) !== 0
}

/** Of ASCII. */
export function isLetter(byte: number): boolean {
  const small = byte | 0x20
  return small >= 0x61 && small <= 0x7a
}

export function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57
}

/** Letters, digits and what joins them in tokens: `_ / + = . -` */
export function continuesWord(byte: number): boolean {
  const letter = byte | 32
  return (
    (letter >= 97 && letter <= 122) ||
    isDigit(byte) ||
    (byte >= 43 && byte <= 47 && byte !== 44) ||
    byte === 61 ||
    byte === 95
  )
}

/** The bytes that names and what follows them are made of, as the search kernel wants to know them. */
export function describeKinds(): Uint8Array {
  const kinds = new Uint8Array(256)
  for (let byte = 0; byte < 256; byte++) {
    const kind = String.fromCharCode(byte)
    if (isName(byte)) kinds[byte]! |= byteKind.name
    if (isBlank(byte)) kinds[byte]! |= byteKind.blank
    if (isQuote(byte) || '])}*\\'.includes(kind)) kinds[byte]! |= byteKind.closer
    if ('=:>,(|?<+!'.includes(kind)) kinds[byte]! |= byteKind.operator
    if (isWord(byte)) kinds[byte]! |= byteKind.word
  }
  return kinds
}

/** Bytes as a Latin-1 string: one character a byte. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  if (viewed !== bytes) {
    viewed = bytes
    view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  }
  return view.toString('latin1', start, end)
}

/** The text that was last asked about: a view of its own for each piece takes longer than to copy the piece. */
let viewed: Uint8Array | undefined
let view: Buffer = Buffer.alloc(0)

/** At most so many bytes from `start` on as a Latin-1 string; the text may end before. */
export function latin1From(bytes: Uint8Array, start: number, most: number): string {
  return latin1(bytes, start, Math.min(bytes.length, start + most))
}
