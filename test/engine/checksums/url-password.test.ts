import { expect, test } from 'vitest'
import { checkUrlPassword } from '../../../src/engine/checksums/url-password.ts'

const random = ['q8Zt5v', 'Q1hXw7'].join('')

test.each([
  ['a word for a host of documentation', 'xyz', 'example.com', 'invalid'],
  ['the same in a manual page', 'debian', 'example\\&.org/debian', 'invalid'],
  ['a word for a host under one', 'flabada', 'db.shop.example:5432', 'invalid'],
  ['a random password, whatever the host', random, 'example.com', 'unknown'],
  ['a word for a host that may be real', 'flabada', 'db.internal', 'unknown'],
  ['a word for a host that only begins so', 'flabada', 'example.com.shop.test', 'unknown'],
  ['a password that everybody knows', 'tiger', 'db.internal', 'invalid'],
  ["the user's name", 'shop', 'db.internal', 'invalid'],
  ['an example of dotenv, which bundles hold in a message', 'key_1234', 'dotenv.org', 'invalid'],
  ['a template', '${PASSWORD}', 'db.internal', 'invalid'],
])('%s', (_title, password, host, verdict) => {
  expect(checkUrlPassword(password, `https://shop:${password}@${host}`)).toBe(verdict)
})

test('a word behind `password` that ends as none does is told at once', () => {
  const letters = 'qkwzpvxmjbrtcnhgdfsleuoyia'
  expect(checkUrlPassword(`password${letters.repeat(4)}?`, 'https://db.internal')).toBe('unknown')
})
