import { expect, test } from 'vitest'
import { readLayers, readVariables, takes } from '../../src/hygiene/dockerfile.ts'
import { followFile, isOfImage } from '../../src/hygiene/image-files.ts'

test('copies are told with their lines and what they come from, but not those from the network', () => {
  const text = `FROM --platform=x a AS B
WORKDIR /srv
COPY --chown=1:1 . /app
COPY --from=B /x /y
ADD https://example.invalid/a.tar /a
# COPY c /
COPY ["a b", "c", "/d"]
RUN x && \\
    # a remark
    y
add \\
  .env* /
`
  expect(readLayers(text)).toEqual([
    { kind: 'stage', line: 1, base: 'a', name: 'b' },
    { kind: 'folder', path: '/srv' },
    { kind: 'copy', line: 3, sources: ['.'], target: '/app' },
    { kind: 'copy', line: 4, sources: ['/x'], target: '/y', from: 'b' },
    { kind: 'copy', line: 7, sources: ['a b', 'c'], target: '/d' },
    { kind: 'copy', line: 11, sources: ['.env*'], target: '/' },
  ])
})

test("what follows a shell's operator is not copied", () => {
  expect(readLayers('COPY docker/.env* ./ 2>/dev/null || :')).toEqual([
    { kind: 'copy', line: 1, sources: ['docker/.env*'], target: './' },
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
  expect([takes('./', '.env'), takes('api/', 'api/.env'), takes('.env*', '.env.local')]).toEqual([
    true,
    true,
    true,
  ])
  expect([takes('src', '.env'), takes('*.json', '.env'), takes('env', '.env')]).toEqual([false, false, false])
})

const build = 'FROM node AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node\nWORKDIR /app\n'
const stages: [title: string, dockerfile: string, file: string, expected: [number, boolean] | undefined][] = [
  ['the only stage', 'FROM node\nCOPY . /app', '.env', [2, true]],
  ['a text without FROM', 'COPY . .', '.env', [1, true]],
  ['nothing that copies it', 'FROM node\nCOPY src /app', '.env', undefined],
  ['a stage that is left behind', `${build}COPY --from=build /app/dist .`, '.env', [3, false]],
  ['a stage from which all is taken', `${build}COPY --from=build /app ./`, 'api/.env', [3, true]],
  ['a stage from which its folder is taken', `${build}COPY --from=0 /app/api/ api/`, 'api/.env', [3, true]],
  ['a stage from which the file is taken', `${build}COPY --from=build /app/.env* ./`, '.env', [3, true]],
  ['the stage that the last one is built on', 'FROM a AS b\nCOPY . .\nFROM b\nRUN x', '.env', [2, true]],
  [
    'a way through three stages',
    'FROM a AS b\nCOPY .env /x/\nFROM a AS c\nCOPY --from=b /x /y\nFROM a\nCOPY --from=c /y/.env /z',
    '.env',
    [2, true],
  ],
  [
    'a way that ends',
    'FROM a AS b\nCOPY .env /x/\nFROM a AS c\nCOPY --from=b /x /y\nFROM a\nCOPY --from=c /x /z',
    '.env',
    [2, false],
  ],
]

for (const [title, dockerfile, file, expected] of stages)
  test(`a file of the context is followed into the image: ${title}`, () => {
    const found = followFile(dockerfile, file)
    expect(found && [found.line, found.isInImage]).toEqual(expected)
  })

test('a stage that Compose names is the image', () => {
  expect(followFile(`${build}COPY --from=build /app/dist .`, '.env', 'build')).toEqual({
    line: 3,
    isInImage: true,
  })
})

test('variables of a stage that is left behind are not of the image', () => {
  const lines = [1, 2, 3, 4, 5, 6].map(line =>
    isOfImage('ARG A\nFROM a AS base\nENV B=1\nFROM a AS build\nENV C=1\nFROM base', line),
  )
  expect(lines).toEqual([false, true, true, false, false, true])
})
