import { expect, test } from 'vitest'
import { markDefaults, markKeys } from '../../src/commands/env/facts/mark-keys.ts'
import type { EnvFile } from '../../src/hygiene/facts.ts'
import { file, key, NOW, own, secret } from '../hygiene/make-facts.ts'

const defaultsOf = (env: EnvFile, compose: string) =>
  markDefaults([env], [], new Set([env.path]), new Map([['shop/compose.yaml', compose]])).flatMap(
    ({ keys }) => keys.flatMap(({ name, isDefault }) => (isDefault ? name : [])),
  )
const keys = ['DB_PASSWORD', 'SESSION_SECRET'].map(name => key(name, own))
const env = file('shop/.env', { tracked: true, keys })
const byName =
  'services:\n  db:\n    image: postgres\n    environment:\n      POSTGRES_PASSWORD: $' + '{DB_PASSWORD:?}\n'

test('what a tracked file gives to ready images through Compose is a default that everybody has', () => {
  expect(defaultsOf(env, byName)).toEqual(['DB_PASSWORD'])
  expect(defaultsOf(env, 'services:\n  db:\n    image: postgres\n    env_file: [.env]')).toEqual(
    keys.map(({ name }) => name),
  )
})

test('what goes to a service that is built here, lies elsewhere or is not tracked is no such default', () => {
  expect(defaultsOf(env, byName.replace('image: postgres', 'build: .'))).toEqual([])
  expect(defaultsOf(env, byName.replace('$', '$$$$'))).toEqual([])
  expect(defaultsOf(file('.env', { tracked: true, keys }), byName)).toEqual([])
  expect(defaultsOf({ ...env, tracked: false }, byName)).toEqual([])
})

const publicityOf = (
  named: Partial<EnvFile>,
  places: readonly string[] = [],
  texts: Record<string, string> = {},
) =>
  markDefaults(
    [file('.env', { tracked: true, keys: [key('TOKEN')], ...named })],
    places.map(path => ({ kind: 'code', path, line: 1, key: 'TOKEN', digest: 'digest of TOKEN' })),
    new Set(['.env', ...places]),
    new Map(Object.entries(texts)),
  ).flatMap(env => env.keys.map(({ publicity = 0 }) => publicity))

test('two kinds of tracked files that have a value, a template among them, or tests and pages, say that everybody has it by design', () => {
  expect(publicityOf({})).toEqual([0])
  expect(publicityOf({ keys: [key('TOKEN', secret, 'TOKEN', { isDocumented: true })] })).toEqual([1])
  expect(publicityOf({}, ['a.ts', 'b.ts'])).toEqual([1])
  expect(publicityOf({}, ['a.ts', 'b.yaml'])).toEqual([2])
  expect(publicityOf({}, ['test/a.ts'])).toEqual([2])
  expect(publicityOf({}, ['docs/setup.md'])).toEqual([2])
})

test('a file that says it is for development, of which the ignore file names another for people, is for everybody', () => {
  const keys = [key('APP_SECRET', own, 'TOKEN', { isForDevelopment: true })]
  expect(publicityOf({ keys })).toEqual([1])
  expect(publicityOf({ keys }, [], { '.gitignore': '/.env.local\n' })).toEqual([3])
  expect(publicityOf({}, [], { '.gitignore': '/.env.local\n' })).toEqual([0])
})

test("a generated password of the database beside it, in a file for development, is not everybody's for that", () => {
  const password = key('DB_PASSWORD', { ...own, server: 'here' }, 'TOKEN', { isForDevelopment: true })
  expect(publicityOf({ keys: [password] })).toEqual([1])
})

test('a file whose remarks say so holds defaults that everybody has', () => {
  expect(publicityOf({ saysDefaults: true })).toEqual([2])
  expect(publicityOf({ saysDefaults: true, tracked: false })).toEqual([0])
})

test('a file whose values are those of a template beside it is a mere copy', () => {
  const copyOf = (keys: EnvFile['keys']) =>
    markKeys([file('.env.example', { keys: [key('A'), key('B')] }), file('.env', { keys })], NOW)[1]?.copyOf
  expect(copyOf([key('A'), key('B'), key('C')])).toBe('.env.example')
  expect(copyOf([key('A'), key('B', secret, 'other')])).toBeUndefined()
  expect(copyOf([key('A')])).toBeUndefined()
  const twice = [key('A'), key('B'), key('A', secret, 'other')]
  const files = [file('.env.example', { keys: twice }), file('.env', { keys: twice })]
  expect(markKeys(files, NOW)[1]?.copyOf).toBe('.env.example')
})
