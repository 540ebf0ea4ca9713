import { expect, test } from 'vitest'
import { valuesOf } from '../../src/dotenv/dialect.ts'
import { dialects } from '../../src/dotenv/index.ts'

const rows: [text: string, compose: string | null | undefined, dotenvExpand: string | undefined][] = [
  ['A=foo #bar', 'foo', 'foo'],
  ['A=foo#bar', 'foo#bar', 'foo'],
  ['A="x" # c', 'x', 'x'],
  ['A="a\\tb"', 'a\tb', 'a\\tb'],
  ['A="a\\"b"', 'a"b', 'a\\"b'],
  ["A='a\nb'", 'a\nb', 'a\nb'],
  ['B=1\nA=${B}', '1', '1'],
  ["B=1\nA='${B}'", '${B}', '1'],
  ['B=1\nA=$B', '1', '1'],
  ['A=${X:-d}', 'd', 'd'],
  ['A=x${X}y', 'xy', 'xy'],
  ['A=pa$$w0rd', 'pa$w0rd', 'pa$'],
  ['A=$(echo hi)', '$(echo hi)', '$(echo hi)'],
  ['\ufeffA=x', 'x', 'x'],
  ['A="x"\r\n', 'x', 'x'],
  ['A', null, undefined],
  ['A: x', 'x', 'x'],
  ['A="foo', undefined, '"foo'],
  ['A=C:\\new', 'C:\\new', 'C:\\new'],
  ['A=', '', ''],
]

test.each(rows)('%j is read as Compose and dotenv-expand read it', (text, compose, dotenvExpand) => {
  const seen = [dialects.compose, dialects['dotenv-expand']].map(one =>
    valuesOf(one.evaluate(text, {})).get('A'),
  )
  expect(seen).toEqual([compose, dotenvExpand])
})

test('what a value refers to is told by name only', () => {
  expect(dialects.compose.evaluate('A=$(id)${X}', {}).notices).toEqual([
    { line: 1, key: 'A', kind: 'unset', message: 'refers to X, which is not set' },
  ])
})
