import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from '../../src/dotenv/parse.ts'
import { print } from '../../src/dotenv/print.ts'
import { envText } from './env-text.ts'

test('printing what was parsed gives the same bytes, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      expect(print(parse(bytes))).toEqual(Buffer.from(bytes))
    }),
  )
})

test('printing what was parsed gives the same bytes for text of quotes, comments and line ends', () => {
  fc.assert(
    fc.property(envText, text => {
      expect(print(parse(Buffer.from(text))).toString()).toBe(text)
    }),
    { numRuns: 2000 },
  )
})

test('a token says where it stands, how it is quoted and how its line ends', () => {
  const tokens = parse(Buffer.from('\ufeff# é\r\n\texport A = "x\ny" # c\n; z\n\nB=é b #c'))
  expect(tokens).toEqual([
    { kind: 'bom', line: 1, column: 1, text: '\u00ef\u00bb\u00bf', eol: '' },
    { kind: 'comment', line: 1, column: 1, text: '# \u00c3\u00a9', eol: '\r\n' },
    {
      kind: 'entry',
      line: 2,
      column: 2,
      indent: '\t',
      exported: 'export ',
      key: 'A',
      operator: ' = ',
      quote: 'double',
      open: '"',
      value: 'x\ny',
      close: '"',
      tail: ' ',
      comment: '# c',
      eol: '\n',
      valueAt: { line: 2, column: 13 },
    },
    { kind: 'other', line: 4, column: 1, text: '; z', eol: '\n' },
    { kind: 'blank', line: 5, column: 1, text: '', eol: '\n' },
    {
      kind: 'entry',
      line: 6,
      column: 1,
      indent: '',
      exported: '',
      key: 'B',
      operator: '=',
      quote: 'none',
      open: '',
      value: '\u00c3\u00a9 b',
      close: '',
      tail: ' ',
      comment: '#c',
      eol: '',
      valueAt: { line: 6, column: 3 },
    },
  ])
})

test('an entry with another value prints with the rest of the file untouched', () => {
  const tokens = parse(Buffer.from("A='1' # keep\r\nB=2\n"))
  const changed = tokens.map(token =>
    token.kind === 'entry' && token.key === 'A' ? { ...token, value: '9' } : token,
  )
  expect(print(changed).toString()).toBe("A='9' # keep\r\nB=2\n")
})
