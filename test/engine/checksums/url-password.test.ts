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
  ['a word with digits for letters', 'p4ssw0rd', 'db.internal', 'invalid'],
  ['a word with a sign that an address has to escape', 'pass%5Bword', 'db.internal', 'invalid'],
  ['what rules for passwords ask for', 'P@ssw0rd', 'db.internal', 'unknown'],
  ['a random word with digits among its letters', 'k4vqxw0rz', 'db.internal', 'unknown'],
  ['a word of another script for a host of documentation', '%E4%BD%A0%E5%A5%BD', 'redis.example', 'invalid'],
  ['the same as bytes', '\xe4\xbd\xa0\xe5\xa5\xbd', 'redis.example', 'invalid'],
  ['the same for a host that may be real', '%E4%BD%A0%E5%A5%BD', 'redis.internal', 'unknown'],
  ['three characters, as in tests of parsers', 'b+c', 'db.internal', 'invalid'],
  ['four', 'k+7q', 'db.internal', 'unknown'],
  ['a run over keys', 'basdasdasda%2Fc', 'db.internal', 'invalid'],
  ["a word for the reader's own host", 'shopdemo', 'db.yourdomain.com:5432', 'invalid'],
  ['the beginning of the word', 'pa%2Fssw', 'db.internal', 'invalid'],
  ['a port and fields behind it', '15672,node=rabbit', 'db.internal', 'invalid'],
  ['a template', '${PASSWORD}', 'db.internal', 'invalid'],
])('%s', (_title, password, host, verdict) => {
  expect(checkUrlPassword(password, `https://shop:${password}@${host}`)).toBe(verdict)
})

test('a word behind `password` that ends as none does is told at once', () => {
  const letters = 'qkwzpvxmjbrtcnhgdfsleuoyia'
  expect(checkUrlPassword(`password${letters.repeat(4)}?`, 'https://db.internal')).toBe('unknown')
})
