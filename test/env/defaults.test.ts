import { expect, test } from 'vitest'
import { markDefaults } from '../../src/commands/env/facts/mark-keys.ts'
import type { EnvFile } from '../../src/hygiene/facts.ts'
import { file, key, own } from '../hygiene/make-facts.ts'

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
