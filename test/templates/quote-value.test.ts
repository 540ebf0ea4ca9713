import fc from 'fast-check'
import { expect, test } from 'vitest'
import { valuesOf } from '../../src/dotenv/dialect.ts'
import { type DialectName, dialects } from '../../src/dotenv/index.ts'
import { parse } from '../../src/dotenv/parse.ts'
import { quoteValue } from '../../src/templates/quote-value.ts'
import { decodeValue } from '../../src/templates/read-template.ts'

const marks = { none: '', single: "'", double: '"', backtick: '`' }

function write(value: string): { line: string; quote: string } | undefined {
  const quoted = quoteValue(value)
  return (
    quoted && { line: `A=${marks[quoted.quote]}${quoted.text}${marks[quoted.quote]}`, quote: quoted.quote }
  )
}

const pieces = [
  "'",
  '"',
  '`',
  '\\',
  '\\n',
  '\n',
  '\r\n',
  '$',
  '#',
  ' ',
  'a',
  'é',
  '{',
  '=',
  '$(id)',
  '!',
  '${B}',
  '\\r',
]
const value = fc.array(fc.constantFrom(...pieces), { maxLength: 7 }).map(parts => parts.join(''))

test('dotenv, Node and a template read the value that was written, between other lines', () => {
  fc.assert(
    fc.property(value, wanted => {
      const line = write(wanted)?.line
      if (line === undefined) return
      const text = `B='x'\n${line}\nC="y" # it's\n`
      const [, token] = parse(Buffer.from(text))
      if (token?.kind !== 'entry') throw new Error(`no entry: ${text}`)
      const read = { value: Buffer.from(token.value, 'latin1').toString(), quote: token.quote }
      const seen = {
        template: decodeValue(read),
        dotenv: valuesOf(dialects.dotenv.evaluate(text, {})).get('A'),
        // Node drops carriage returns, and knows no escape for them.
        node: wanted.includes('\r') ? wanted : valuesOf(dialects.node.evaluate(text, {})).get('A'),
      }
      expect(seen).toEqual({ template: wanted, dotenv: wanted, node: wanted })
    }),
    { numRuns: 1000 },
  )
})

test('other readers agree as long as no backticks and escapes are needed', () => {
  const others: DialectName[] = ['sh', 'compose']
  fc.assert(
    fc.property(value, wanted => {
      const written = write(wanted)
      if (!written || written.quote === 'backtick' || /[\r\\]/.test(wanted)) return
      const seen = others.map(name => valuesOf(dialects[name].evaluate(`${written.line}\n`, {})).get('A'))
      expect(seen).toEqual(others.map(() => wanted))
    }),
    { numRuns: 1000 },
  )
})

test('what no .env text can express is refused', () => {
  expect([`'"\``, '"\r', "it's\\"].map(quoteValue)).toEqual([undefined, undefined, undefined])
})
