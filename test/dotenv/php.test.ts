import { expect, test } from 'vitest'
import { php } from '../../src/dotenv/dialects/php.ts'

const rows: [title: string, text: string, expected: Record<string, string | null> | string][] = [
  ['a remark behind a value', 'A=foo#bar\nB="x" # c', { A: 'foo', B: 'x' }],
  ['escapes in double quotes', 'A="a\\tb\\n\\$C"', { A: 'a\tb\n$C' }],
  ['a double quote over lines', 'A="a\nb"\nB=1', { A: 'a\nb', B: '1' }],
  ['a known reference, and an unknown', `A=1\nB=\${A}-\${X}`, { A: '1', B: `1-\${X}` }],
  ['a reference in single quotes', `A=1\nB='\${A}'`, { A: '1', B: `\${A}` }],
  ['a bare name', 'A', { A: null }],
  ['a blank in a bare value', 'A=hello world', 'text behind the value'],
  ['a single quote over lines', "A='a\nb'", 'a quote that is never closed'],
  ['a name with a dash', 'A-B=1', 'an invalid name'],
  ['an escape that it does not know', 'A="\\q"', 'an unknown escape'],
]

for (const [title, text, expected] of rows)
  test(`phpdotenv: ${title}`, () => {
    const { variables, notices } = php.evaluate(text, {})
    const values = Object.fromEntries(variables.map(({ key, value }) => [key, value]))
    if (typeof expected === 'string')
      expect([values, notices.map(({ message }) => message)]).toEqual([
        {},
        [`phpdotenv refuses the file: ${expected}`],
      ])
    else expect([values, notices]).toEqual([expected, []])
  })
