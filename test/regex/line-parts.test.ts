import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LineParts, lineParts, parsePattern, printPattern } from '../../src/regex/index.ts'

const patterns = [
  'key_[a-z]{4}',
  'key\\s*=\\s*"[a-z]+"',
  '(?:^|[^a-z])key\\s{0,3}[:=]\\s{0,3}["\']?([a-z]{3})(?:["\'\\s]|\\z)',
  '-----BEGIN-----[a-z\\s]{4,}?-----END-----',
  'user\\s+[a-z]+\\s+key\\s+([a-z]+)',
  'user(?:[^\\n]{0,9}\\n){0,3}?[^\\n]{0,9}key',
  '<a>\\s{0,8}(?:<[a-z]>[^<]{0,9}</[a-z]>\\s{0,8}){1,2}?<key>([a-z]+)</key>',
  '"user"\\s*:[^{}]*?"key"\\s*:|"key"\\s*:[^{}]*?"user"\\s*:',
  '(?m:^)key [a-z]+(?:\\r?\\n|\\z)',
  '\\Akey',
  'key\\n\\n\\n=\\n\\n\\na',
]

/** What a search in each line with the one before finds; lines of up to three characters belong to the one before. */
function isSeenInLines(text: string, source: string, { whole, ways }: LineParts): boolean {
  const seen = (pattern: RegExp) => listUnits(text).some(unit => pattern.test(unit))
  const own = new RegExp(whole ? printPattern(whole) : source)
  return (
    seen(own) || ways.some(sets => sets.every(set => set.some(node => seen(new RegExp(printPattern(node))))))
  )
}

function listUnits(text: string): string[] {
  const lines: string[] = []
  for (const line of text.split('\n')) {
    if (line.trim().length > 3 || lines.length === 0) lines.push(line)
    else lines[lines.length - 1] += `\n${line}`
  }
  return lines.map((line, i) => `\n${i > 0 ? `${lines[i - 1]}\n` : ''}${line}\n`)
}

const piece = fc.constantFrom(
  'key',
  'user',
  ' ',
  '\n',
  '=',
  ':',
  '"',
  'abc',
  'a',
  '}',
  '-----BEGIN-----',
  '-----END-----',
  '<a>',
  '<b>',
  '</b>',
  '<key>',
  '</key>',
  'key_',
  'abcd',
  '"key"',
  '"user"',
  '\r\n',
  'some other words\n',
)
const text = fc.array(piece, { maxLength: 24 }).map(pieces => pieces.join(''))

test.each(patterns)('a match of %s shows in a line, whatever stands around', source => {
  const pattern = parsePattern(source, 're2')
  const printed = printPattern(pattern.node)
  const parts = lineParts(pattern)
  fc.assert(
    fc.property(text, text => {
      if (new RegExp(printed).test(text)) expect(isSeenInLines(text, printed, parts)).toBe(true)
    }),
    { numRuns: 3000 },
  )
})

test.each([
  ['AKIA[A-Z0-9]{16}', 'none'],
  ['key\\s*=\\s*"x"', 'key[\\t\\f\\r ]*(?![^\\n]) | key[\\t\\n\\f\\r ]*=[\\t\\f\\r ]*(?![^\\n])'],
  ['(?:^|[^a-z])key_[a-z]{9}(?:[^a-z]|$)', 'none'],
  ['-----BEGIN-----[a-z\\n]{64,}-----END-----', '-----BEGIN-----[a-z]*(?![^\\n])'],
])('%s', (source, expected) => {
  const { ways } = lineParts(parsePattern(source, 're2'))
  expect(ways.map(sets => sets[0]?.map(node => printPattern(node)).join(' | ')).join(' and ') || 'none').toBe(
    expected,
  )
})
