import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EscapeDecoder } from '../../../src/engine/decoding/decoder.ts'
import { escapeDecoders } from '../../../src/engine/decoding/index.ts'
import { locate, type Segment } from '../../../src/engine/decoding/layer.ts'
import { TextBuilder } from '../../../src/engine/decoding/text-builder.ts'
import { undoEscapes } from '../../../src/engine/decoding/undo-escapes.ts'

const { backslash, html, percent, 'quoted-printable': quotedPrintable } = escapeDecoders

/** Each way to write one character. */
const writings: [title: string, decoder: EscapeDecoder, write: (character: string) => string][] = [
  ['percent', percent, bytewise(byte => `%${hex(byte, 2)}`)],
  ['percent in lower case', percent, bytewise(byte => `%${hex(byte, 2).toLowerCase()}`)],
  ['%u of escape()', percent, unitwise(unit => `%u${hex(unit, 4)}`)],
  ['\\x of C', backslash, bytewise(byte => `\\x${hex(byte, 2)}`)],
  ['\\x{…}', backslash, character => `\\x{${hex(point(character), 1)}}`],
  ['\\u of JSON', backslash, unitwise(unit => `\\u${hex(unit, 4)}`)],
  ['\\u{…} of JavaScript', backslash, character => `\\u{${hex(point(character), 1)}}`],
  ['\\U of Python', backslash, character => `\\U${hex(point(character), 8)}`],
  ['octal', backslash, bytewise(byte => `\\${byte.toString(8).padStart(3, '0')}`)],
  ['decimal references', html, character => `&#${point(character)};`],
  ['hexadecimal references', html, character => `&#x${hex(point(character), 1)};`],
  ['quoted-printable', quotedPrintable, bytewise(byte => `=${hex(byte, 2)}`)],
]

/** Characters that mean nothing to any decoder, and those that do. */
const characters = fc.array(
  fc.record({
    character: fc.constantFrom('a', 'Z', '7', ' ', '_', '"', '%', '&', '\\', '=', '\n', 'é', '漢', '😀'),
    isWritten: fc.boolean(),
  }),
  { maxLength: 30 },
)

test.each(writings)(
  '%s: the text comes back, and each character leads to its escape',
  (_title, decoder, write) => {
    fc.assert(
      fc.property(characters, parts => {
        const pieces = parts.map(({ character, isWritten }) =>
          isWritten || '%&\\=\n'.includes(character) ? write(character) : character,
        )
        const { text, segment } = decode(decoder, Buffer.from(pieces.join('')))
        expect(text).toBe(parts.map(({ character }) => character).join(''))
        let decoded = 0
        let source = 0
        for (const [i, { character }] of parts.entries()) {
          const end = decoded + Buffer.byteLength(character)
          const sourceEnd = source + Buffer.byteLength(pieces[i] ?? '')
          expect(locate(segment, { start: decoded, end }, 'place')).toEqual({ start: source, end: sourceEnd })
          decoded = end
          source = sourceEnd
        }
      }),
    )
  },
)

const json = fc.json({ maxDepth: 2 })

test('JSON in JSON comes back', () => {
  fc.assert(
    fc.property(json, text => {
      expect(decode(backslash, Buffer.from(JSON.stringify(text))).text).toBe(`"${text}"`)
    }),
  )
})

const rows: [title: string, decoder: EscapeDecoder, written: string, read: string][] = [
  ['escapes of JSON', backslash, '\\"a\\"\\n\\t\\/\\\\b', '"a"\n\t/\\b'],
  ['a surrogate pair', backslash, '\\ud83d\\ude00', '😀'],
  ['half a surrogate pair', backslash, '\\ud83dx', '\ufffdx'],
  ['octal of one and two digits', backslash, '\\0a\\12', '\0a\n'],
  ['octal that would not fit', backslash, '\\777', '?7'],
  ['a line that goes on', backslash, 'pass\\\nword', 'password'],
  ['what is no escape', backslash, 'C:\\Windows\\q\\', 'C:\\Windows\\q\\'],
  ['a short \\u', backslash, '\\u12', '\\u12'],
  ['names', html, '&quot;a&quot;&equals;&amp;&nosuch;&', '"a"=&&nosuch;&'],
  ['a number without its semicolon', html, '&#65 &#x42', 'A B'],
  ['a name of the prototype', html, '&valueOf;', '&valueOf;'],
  ['a percent sign that is none', percent, '100% %zz %4', '100% %zz %4'],
  ['a soft line break', quotedPrintable, 'pass=\r\nword=3D=  \nx =', 'password=x ='],
]

test.each(rows)('%s', (_title, decoder, written, read) => {
  expect(decode(decoder, Buffer.from(written)).text).toBe(read)
})

test('a soft line break at the end of a secret is not part of its place', () => {
  const { segment } = decode(quotedPrintable, Buffer.from('key=3Dabc=\n'))
  expect(locate(segment, { start: 4, end: 7 }, 'place')).toEqual({ start: 6, end: 9 })
})

test.each(Object.entries(escapeDecoders))('%s takes any bytes', (_name, decoder: EscapeDecoder) => {
  const byte = fc.oneof(fc.constantFrom(decoder.lead, ...Buffer.from('xuU{}0123&#;\n')), fc.nat(255))
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 60 }), bytes => {
      const source = Uint8Array.from(bytes)
      const text = new TextBuilder()
      undoEscapes(bitOf(decoder), source, 0, source.length, text)
      expect(text.length).toBeLessThanOrEqual(source.length * 2)
    }),
  )
})

function decode(decoder: EscapeDecoder, source: Buffer): { text: string; segment: Segment } {
  const text = new TextBuilder()
  undoEscapes(bitOf(decoder), source, 0, source.length, text)
  const marks = text.takeMarks()
  const bytes = text.takeBytes()
  const segment = {
    start: 0,
    end: bytes.length,
    source: { start: 0, end: source.length },
    decoders: [],
    below: undefined,
    marks,
    width: 1,
    isWhole: false,
  }
  return { text: Buffer.from(bytes).toString('utf8'), segment }
}

function bitOf(decoder: EscapeDecoder): number {
  return 1 << Object.values<EscapeDecoder>(escapeDecoders).indexOf(decoder)
}

function bytewise(write: (byte: number) => string): (character: string) => string {
  return character => Array.from(Buffer.from(character), write).join('')
}

function unitwise(write: (unit: number) => string): (character: string) => string {
  return character =>
    character
      .split('')
      .map(unit => write(unit.charCodeAt(0)))
      .join('')
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0')
}

function point(character: string): number {
  return character.codePointAt(0) ?? 0
}
