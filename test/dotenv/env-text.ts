import fc from 'fast-check'

const pieces = [
  'A',
  'B1',
  '=',
  ' ',
  '\n',
  '"',
  "'",
  '`',
  '\\',
  '#',
  '$',
  '{',
  '}',
  ':',
  'export ',
  'x',
  '\\n',
  '\t',
  '-',
  '.',
  'A=',
  '\nB=',
  'é',
  '; ',
  ':-',
]

/** Text of the pieces that .env grammars disagree on. */
export const envText = fc
  .array(fc.constantFrom(...pieces, '\r\n'), { maxLength: 16 })
  .map(parts => parts.join(''))
