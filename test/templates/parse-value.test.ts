import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeText, findMalformed } from '../../src/templates/find-malformed.ts'
import { type Part, parseValue } from '../../src/templates/parse-value.ts'

const rows: [title: string, value: string, parts: string][] = [
  ['nothing', '', ''],
  ['text', 'plain text', '"plain text"'],
  ['a vault alone names the entry of the same name', '{ssm}', 'ssm>KEY'],
  ['a path', '{ssm:DB/PASS.word-1}', 'ssm>DB/PASS.word-1'],
  ['a version', '{ssm:A@3} {ssm:A@previous}', 'ssm>A@3 " " ssm>A@previous'],
  ['a field', '{secretsmanager:db#password}', 'secretsmanager>db#password'],
  ['several within a text', 'postgres://{ssm:U}:{ssm:P}@db/app', '"postgres://" ssm>U ":" ssm>P "@db/app"'],
  ["Keep's attributes say nothing", '{ssm:A|label|x:y}', 'ssm>A'],
  ["1Password's form alone", 'op://vault/an item/field', 'op://vault>an item#field'],
  ["1Password's form in braces", 'u:{{ op://v/i/f }}@h', '"u:" op://v>i#f "@h"'],
  ["1Password's sections and attributes", 'op://v/i/section/f?attribute=otp', 'op://v>i#f'],
  ['a brace behind a backslash is text', String.raw`\{ssm:A} \{`, '"{ssm:A} {"'],
  ['two backslashes are one before a reference', String.raw`\\{ssm:A}`, String.raw`"\" ssm>A`],
  ['three are one and a brace', String.raw`\\\{ssm:A}`, String.raw`"\{ssm:A}"`],
  ['other backslashes stay', String.raw`C:\new\\x`, String.raw`"C:\new\\x"`],
  ['variables of a shell are text', '${HOME} ${ssm:A}', '"${HOME} ${ssm:A}"'],
  ['braces of other templates are text', '{{ssm}} {{ name }} {{{x}}}', '"{{ssm}} {{ name }} {{{x}}}"'],
  ['JSON is text', '{"a":{"b":1}} {}', '"{"a":{"b":1}} {}"'],
  ['no path begins with a slash', '{ssm:/a}', '"{ssm:/a}"'],
]

test.each(rows)('%s', (_, value, parts) => {
  expect(parseValue(value, 'KEY').map(show).join(' ')).toBe(parts)
})

function show(part: Part): string {
  if (part.kind === 'text') return `"${part.text}"`
  return `${part.vault}>${part.path}${part.version === undefined ? '' : `@${part.version}`}`
}

const pieces = ['\\', '{', '}', '$', 'ssm', ':', 'A', '@', '1', 'op://v/i', '{ssm:A}', '{{ op://v/i }}', ' ']
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map(parts => parts.join(''))

test('whatever the text is, its parts are found again in it, in order', () => {
  fc.assert(
    fc.property(text, value => {
      const written = parseValue(value, 'KEY').map(part => part.text)
      // Only backslashes before braces may go.
      expect(value.replaceAll('\\', '')).toBe(written.join('').replaceAll('\\', ''))
    }),
  )
})

test('an escaped text is read as that text', () => {
  fc.assert(
    fc.property(
      text.filter(value => !value.startsWith('op://')),
      value => {
        const written = escapeText(value, () => true)
        expect(findMalformed(written, () => true)).toEqual([])
        const parts = parseValue(written, 'KEY')
        expect(parts).toEqual(value === '' ? [] : [{ kind: 'text', text: value }])
      },
    ),
  )
})

test('what seems a reference and is none is told, unless it is of no vault or behind a backslash', () => {
  const value = '{ssm:/a} ${ssm:A} \\{ssm:/a} \\\\{ssm:/b} ${PORT:-80} {ssm:A} {x:?y}'
  expect(findMalformed(value, name => name === 'ssm')).toEqual([
    { text: '{ssm:/a}', hasDollar: false },
    { text: '${ssm:A}', hasDollar: true },
    { text: '{ssm:/b}', hasDollar: false },
  ])
  expect(escapeText('${PORT:?no} {ssm:?no}', name => name === 'ssm')).toBe('$\\{PORT:?no} \\{ssm:?no}')
  expect(escapeText('${PORT:?no}', name => name === 'ssm')).toBe('${PORT:?no}')
})
