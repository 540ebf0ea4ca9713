import { expect, test } from 'vitest'
import { readCopies, readVariables, takes } from '../../src/hygiene/dockerfile.ts'

test('copies from the context are told with their lines, those from elsewhere are not', () => {
  const text = `FROM a AS b
COPY --chown=1:1 . /app
COPY --from=b /x /y
ADD https://example.invalid/a.tar /a
# COPY c /
COPY ["a b", "c", "/d"]
RUN x && \\
    # a remark
    y
add \\
  .env* /
`
  expect(readCopies(text)).toEqual([
    { line: 2, sources: ['.'] },
    { line: 6, sources: ['a b', 'c'] },
    { line: 10, sources: ['.env*'] },
  ])
})

test('variables are told in both forms', () => {
  expect(readVariables('ENV A=1 B="x y"\nENV C some words\nARG D\nARG E=2')).toEqual([
    { line: 1, name: 'A', value: '1' },
    { line: 1, name: 'B', value: 'x y' },
    { line: 2, name: 'C', value: 'some words' },
    { line: 4, name: 'E', value: '2' },
  ])
})

test('an instruction takes a file by its name, its folder or a pattern', () => {
  const isTaken = (source: string, path: string) => takes({ line: 1, sources: [source] }, path)
  expect([isTaken('./', '.env'), isTaken('api/', 'api/.env'), isTaken('.env*', '.env.local')]).toEqual([
    true,
    true,
    true,
  ])
  expect([isTaken('src', '.env'), isTaken('*.json', '.env'), isTaken('env', '.env')]).toEqual([
    false,
    false,
    false,
  ])
})
