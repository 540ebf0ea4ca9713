import fc from 'fast-check'
import { expect, test } from 'vitest'
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
