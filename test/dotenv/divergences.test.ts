import { expect, test } from 'vitest'
import { valuesOf } from '../../src/dotenv/dialect.ts'
import { findDivergences } from '../../src/dotenv/divergences.ts'
import { type DialectName, dialects } from '../../src/dotenv/index.ts'

const rows: [string, Partial<Record<DialectName, string | null | undefined>>][] = [
  [
    'A=hello world',
    {
      docker: 'hello world',
      dotenv: 'hello world',
      node: 'hello world',
      python: 'hello world',
      sh: undefined,
      systemd: 'hello world',
    },
  ],
  ['A = x', { docker: undefined, dotenv: 'x', node: 'x', python: 'x', sh: undefined, systemd: 'x' }],
  ['export A=x', { docker: undefined, dotenv: 'x', node: 'x', python: 'x', sh: 'x', systemd: undefined }],
  [
    'A=foo #bar',
    { docker: 'foo #bar', dotenv: 'foo', node: 'foo', python: 'foo', sh: 'foo', systemd: 'foo #bar' },
  ],
  [
    'A=foo#bar',
    { docker: 'foo#bar', dotenv: 'foo', node: 'foo', python: 'foo#bar', sh: 'foo#bar', systemd: 'foo#bar' },
  ],
  ['A="x" # c', { docker: '"x" # c', dotenv: 'x', node: 'x', python: 'x', sh: 'x', systemd: 'x# c' }],
  [
    'A="a\\nb"',
    { docker: '"a\\nb"', dotenv: 'a\nb', node: 'a\nb', python: 'a\nb', sh: 'a\\nb', systemd: 'a\\nb' },
  ],
  [
    'A="a\\tb"',
    { docker: '"a\\tb"', dotenv: 'a\\tb', node: 'a\\tb', python: 'a\tb', sh: 'a\\tb', systemd: 'a\\tb' },
  ],
  ['A="a\nb"', { docker: '"a', dotenv: 'a\nb', node: 'a\nb', python: 'a\nb', sh: 'a\nb', systemd: 'a\nb' }],
  [
    'A="a\\"b"',
    { docker: '"a\\"b"', dotenv: 'a\\"b', node: 'a\\', python: 'a"b', sh: 'a"b', systemd: 'a"b' },
  ],
  [
    "B=1\nA='${B}'",
    { docker: "'${B}'", dotenv: '${B}', node: '${B}', python: '1', sh: '${B}', systemd: '${B}' },
  ],
  [
    'A=${X:-d}',
    { docker: '${X:-d}', dotenv: '${X:-d}', node: '${X:-d}', python: 'd', sh: 'd', systemd: '${X:-d}' },
  ],
  [
    '\ufeffA=x',
    { docker: 'x', dotenv: 'x', node: undefined, python: 'x', sh: undefined, systemd: undefined },
  ],
  ['A="x"\r\n', { docker: '"x"', dotenv: 'x', node: 'x', python: 'x', sh: 'x\r', systemd: 'x' }],
  [
    'A',
    { docker: null, dotenv: undefined, node: undefined, python: null, sh: undefined, systemd: undefined },
  ],
  [
    'A: x',
    { docker: undefined, dotenv: 'x', node: undefined, python: undefined, sh: undefined, systemd: undefined },
  ],
  [
    'A="foo',
    { docker: '"foo', dotenv: '"foo', node: undefined, python: undefined, sh: undefined, systemd: 'foo' },
  ],
  [
    'A="x\\',
    { docker: '"x\\', dotenv: '"x\\', node: undefined, python: undefined, sh: undefined, systemd: 'x' },
  ],
  [
    'A=C:\\new',
    {
      docker: 'C:\\new',
      dotenv: 'C:\\new',
      node: 'C:\\new',
      python: 'C:\\new',
      sh: 'C:new',
      systemd: 'C:new',
    },
  ],
  ['A=1\nA=2', { docker: '2', dotenv: '2', node: '2', python: '2', sh: '2', systemd: '2' }],
  ['A=', { docker: '', dotenv: '', node: '', python: '', sh: '', systemd: '' }],
]

test.each(rows)('%j is read as each program reads it', (text, expected) => {
  const seen = Object.keys(expected).map(name => [
    name,
    valuesOf(dialects[name as DialectName].evaluate(text, {})).get('A'),
  ])
  expect(Object.fromEntries(seen)).toEqual(expected)
})

test('keys that programs read differently are told with line and programs, never with a value', () => {
  const text = ['SAME=1', 'NAME=pass#word', 'export LATER="x"', ''].join('\n')
  expect(findDivergences(text, ['sh', 'dotenv', 'docker'])).toEqual([
    {
      key: 'NAME',
      line: 2,
      dialects: ['docker', 'dotenv', 'sh'],
      message: 'docker, sh: one value; dotenv: another value',
    },
    {
      key: 'LATER',
      line: 3,
      dialects: ['docker', 'dotenv', 'sh'],
      message: 'docker: refuses the whole file; dotenv, sh: one value',
    },
  ])
})

test('programs that agree leave nothing to tell', () => {
  expect(findDivergences('A=1\nB=\n', ['docker', 'dotenv', 'node', 'python', 'sh', 'systemd'])).toEqual([])
})

const told: [title: string, text: string, inUse: DialectName[], message: string | undefined][] = [
  [
    'a home directory is filled in by a shell only',
    'DATA=~/data',
    ['dotenv', 'sh'],
    'DATA: dotenv: one value; sh: a value that is known when it runs',
  ],
  [
    'what demands another variable is text to dotenv',
    'A=1\nB=${A:?no}',
    ['compose', 'dotenv', 'sh'],
    'B: compose, sh: one value; dotenv: another value',
  ],
  [
    'a line that is no variable, and for which a program refuses the file',
    'A=1\n- x\nB=2',
    ['compose', 'dotenv'],
    ': compose: refuses the whole file',
  ],
  [
    'a line with text behind the quote',
    'A="x" | "y"\nB=2',
    ['compose', 'dotenv', 'sh'],
    'A: compose: refuses the whole file; dotenv: one value; sh: not set',
  ],
  ['one program alone', 'A="x" | "y"', ['compose'], undefined],
]

test.each(told)('told of differing readings: %s', (_title, text, inUse, message) => {
  const found = findDivergences(text, inUse).map(({ key, message }) => `${key}: ${message}`)
  expect(found).toEqual(message === undefined ? [] : [message])
})
