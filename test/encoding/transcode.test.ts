import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectEncoding } from '../../src/encoding/detect-encoding.ts'
import { transcode } from '../../src/encoding/transcode.ts'
import type { Encoding } from '../../src/model.ts'
import { encodeText, encodings } from '../support/encode-text.ts'

const latin = 'const region = "eu"\r\n\ttoken: grün\n'

test.each(encodings)('%s is recognised with its mark and without', encoding => {
  expect(detectEncoding(encodeText(latin, encoding, true))).toBe(encoding)
  expect(detectEncoding(encodeText(latin, encoding, false))).toBe(
    encoding === 'utf-8-bom' ? undefined : encoding,
  )
})

test('a mark suffices for a text without any ASCII', () => {
  expect(detectEncoding(encodeText('привет мир, привет', 'utf-16le', true))).toBe('utf-16le')
})

test.each<[string, Buffer]>([
  ['plain text', Buffer.from(latin)],
  ['nothing', Buffer.alloc(0)],
  ['zeros', Buffer.alloc(5000)],
  ['a program', Buffer.from('7f454c4602010100000000000000000003003e0001000000c0660000', 'hex')],
  ['16-bit samples', Buffer.from(Uint16Array.from({ length: 900 }, (_, i) => (i * 7) % 300).buffer)],
  ['a few characters', Buffer.from('a\0b\0')],
])('%s is no text in two-byte characters', (_title, bytes) => {
  expect(detectEncoding(bytes)).toBeUndefined()
})

const texts = fc.array(fc.constantFrom('a', '\n', 'é', 'я', '漢', '😀', ' = ', '\r\n'), { maxLength: 40 })

test.each(encodings)('%s: the text comes back, and every character leads to its place', encoding => {
  fc.assert(
    fc.property(texts, fc.boolean(), (characters, marked) => {
      const mark = marked ? encodeText('', encoding, true).length : 0
      const text = transcode(encodeText(characters.join(''), encoding, marked), encoding)
      expect(Buffer.from(text.bytes).toString('utf8')).toBe(characters.join(''))
      for (let i = 0; i <= characters.length; i++) {
        const before = characters.slice(0, i).join('')
        const source = mark + encodeText(before, encoding, false).length
        const offset = Buffer.byteLength(before)
        expect([text.toSource(offset), text.fromSource(source)]).toEqual([source, offset])
      }
    }),
  )
})

test('random bytes are transcoded whatever they are', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(...encodings),
      (bytes, encoding: Encoding) => {
        const text = transcode(bytes, encoding)
        expect(text.toSource(text.bytes.length)).toBeLessThanOrEqual(bytes.length)
      },
    ),
  )
})
