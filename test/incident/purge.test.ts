import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compressedTexts } from '../../src/incident/purge/compressed-texts.ts'
import { encodedForms } from '../../src/incident/purge/encoded-forms.ts'
import { printExpressions } from '../../src/incident/purge/expressions.ts'

const text = fc
  .string({ minLength: 8, maxLength: 40, unit: 'binary-ascii' })
  .filter(value => value.trim().length >= 8)

function holds(content: string | Buffer, value: string): boolean {
  const bytes = Buffer.from(content)
  return encodedForms(value).some(form => bytes.includes(form.bytes))
}

test('a value is found wherever it stands in an encoded text', () => {
  fc.assert(
    fc.property(text, fc.string(), fc.string(), (value, before, after) => {
      const whole = Buffer.from(before + value + after)
      expect(holds(whole, value)).toBe(true)
      expect(holds(whole.toString('base64'), value)).toBe(true)
      expect(holds(whole.toString('base64url'), value)).toBe(true)
      expect(holds(whole.toString('hex'), value)).toBe(true)
      expect(holds(JSON.stringify(before + value + after), value)).toBe(true)
      expect(holds(encodeURIComponent(value), value)).toBe(true)
      expect(holds(Buffer.from(before + value + after, 'utf16le'), value)).toBe(true)
    }),
  )
})

const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64')
const inLines = (text: string, width: number) => text.replace(new RegExp(`(.{${width}})`, 'g'), '$1\n  ')

test.each([
  ['base64 of gzip', (value: Buffer) => `release: ${base64(gzipSync(value))}\n`],
  ['base64 of gzip', (value: Buffer) => `path/${inLines(base64(gzipSync(value)), 76)}`],
  ['base64 of zlib', (value: Buffer) => base64(deflateSync(value))],
  ['base64 of zlib', (value: Buffer) => base64(deflateSync(value, { level: 9 }))],
  ['base64: base64 of gzip', (value: Buffer) => base64(base64(gzipSync(value)))],
  ['base64 of gzip: base64 of gzip', (value: Buffer) => base64(gzipSync(base64(gzipSync(value))))],
  ['hex of gzip', (value: Buffer) => gzipSync(value).toString('hex')],
  ['base64 of gzip: base64', (value: Buffer) => base64(gzipSync(`-${base64(value)}`))],
  ['base64, in lines', (value: Buffer) => inLines(base64(value), 40)],
])('a value is found in %s, and named as it stands there', (name, encode) => {
  const value = 'a value that %nobody/knows of'
  const text = encode(Buffer.from(`{"some": "text before", "key": "${value}", "and": "after it"}`))
  const [found, ...more] = compressedTexts(Buffer.from(text), encodedForms(value))
  expect([found?.name, more]).toEqual([name, []])
  expect(text).toContain(found?.bytes.toString())
})

test('what only looks compressed holds nothing, and a bomb is not unpacked', () => {
  const forms = encodedForms('a value that nobody knows of')
  const bomb = base64(gzipSync(Buffer.alloc(100 * 1024 * 1024)))
  for (const text of [`H4sI${'A'.repeat(60)}`, `eJ${'x'.repeat(60)}`, '1f8b08'.padEnd(80, 'f'), bomb])
    expect(compressedTexts(Buffer.from(text), forms)).toEqual([])
})

test('no form is so short that it occurs by chance', () => {
  fc.assert(
    fc.property(text, value => {
      for (const { bytes } of encodedForms(value)) expect(bytes.length).toBeGreaterThanOrEqual(value.length)
    }),
  )
})

test('expressions are literal, the longest first; a value of several lines becomes a pattern', () => {
  expect(printExpressions([Buffer.from('short'), Buffer.from('longer one')]).toString()).toBe(
    'literal:longer one==>***REMOVED***\nliteral:short==>***REMOVED***\n',
  )
  expect(printExpressions([Buffer.from('a.\nb')]).toString()).toBe('regex:a\\x2e\\x0ab==>***REMOVED***\n')
})
