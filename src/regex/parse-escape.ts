import { type CharClass, classOfBytes, classOfPoints, negateClass } from './char-class.ts'
import type { Cursor } from './cursor.ts'
import { findPerlClass } from './named-classes.ts'
import { findUnicodeClass } from './unicode-classes.ts'

/** A class, or one character: a byte of the Latin-1 view, or a code point. */
export type Escape = { kind: 'class'; class: CharClass } | { kind: 'byte' | 'point'; code: number }

const controls: Readonly<Record<string, number>> = { a: 7, t: 9, n: 10, v: 11, f: 12, r: 13 }

/** Reads an escape that means a character or a class, the cursor being on its backslash. */
export function parseEscape(cursor: Cursor): Escape {
  const start = cursor.at
  cursor.take('\\')
  if (cursor.atEnd) cursor.fail('a backslash at the end', start)
  const letter = String.fromCodePoint(cursor.takePoint())
  const perl = findPerlClass(letter, cursor.dialect)
  if (perl) return { kind: 'class', class: perl }
  if (Object.hasOwn(controls, letter)) return { kind: 'point', code: controls[letter]! }
  switch (letter) {
    case 'p':
    case 'P':
      return { kind: 'class', class: parseProperty(cursor, letter === 'P', start) }
    case 'x':
      return parseHex(cursor, 2, cursor.dialect === 'rust' ? 'byte' : 'point', start)
    case 'u':
    case 'U':
      if (cursor.dialect === 'rust') return parseHex(cursor, letter === 'u' ? 4 : 8, 'point', start)
  }
  if (/[0-9]/.test(letter)) return parseOctal(cursor, letter, start)
  if (letter < '\x80' && !/[A-Za-z]/.test(letter) && !(cursor.dialect === 'rust' && /[<>]/.test(letter))) {
    return { kind: 'point', code: letter.charCodeAt(0) }
  }
  cursor.fail(`the escape \\${letter} is not supported`, start)
}

/** What an escape may match. In RE2 a code point above 0x7F stands for its UTF-8 bytes; `\xFF` of Rust is a byte. */
export function escapeClass(escaped: Escape): CharClass {
  if (escaped.kind === 'class') return escaped.class
  const range = [escaped.code, escaped.code] as const
  return escaped.kind === 'byte' ? classOfBytes(range) : classOfPoints([range])
}

function parseHex(cursor: Cursor, digits: number, plain: 'byte' | 'point', start: number): Escape {
  const braced = cursor.takeMatch(/\{([0-9A-Fa-f]{1,8})\}/y)
  const hex = braced ?? cursor.takeMatch(new RegExp(`([0-9A-Fa-f]{${digits}})`, 'y'))
  const code = Number.parseInt(hex?.[1] ?? '', 16)
  if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff))
    cursor.fail('no code point follows the escape', start)
  return { kind: braced ? 'point' : plain, code }
}

/** `\012` and `\12` are octal in RE2; a lone digit, and any in Rust, would be a back-reference. */
function parseOctal(cursor: Cursor, first: string, start: number): Escape {
  const more = first <= '7' ? cursor.takeMatch(/[0-7]{1,2}/y)?.[0] : undefined
  if (cursor.dialect === 'rust' || (first !== '0' && more === undefined)) {
    cursor.fail(`back-references such as \\${first} are not supported`, start)
  }
  return { kind: 'point', code: Number.parseInt(first + (more ?? ''), 8) }
}

function parseProperty(cursor: Cursor, negated: boolean, start: number): CharClass {
  const [, braced, letter] = cursor.takeMatch(/\{(\^?[^{}]*)\}|([A-Z])/y) ?? []
  const name = braced ?? letter ?? ''
  const found = findUnicodeClass(name.replace(/^\^/, ''))
  if (!found) cursor.fail(`there is no Unicode class ${name}`, start)
  return negated !== name.startsWith('^') ? negateClass(found) : found
}
