import { expect, test } from 'vitest'
import type { Candidate } from '../../src/engine/candidate.ts'
import { repeatsUser } from '../../src/engine/repeats-user.ts'

function repeats(text: string, password: string): boolean {
  const secretStart = text.lastIndexOf(password)
  const secretEnd = secretStart + password.length
  const candidate: Candidate = {
    rule: 0,
    start: secretStart,
    end: secretEnd,
    secretStart,
    secretEnd,
    confidence: 1,
  }
  return repeatsUser(candidate, Buffer.from(text))
}

test.each([
  ["the user's name", 'POSTGRES_USER: shop\nPOSTGRES_PASSWORD: shop', true],
  ["the database's name", 'POSTGRES_DB=shop\nPOSTGRES_USER=app\nPOSTGRES_PASSWORD=shop', true],
  ["the user's name as a default", "getenv('DB_USER', 'shop')\ngetenv('DB_PASSWORD', 'shop')", true],
  ['another word', 'POSTGRES_USER: app\nPOSTGRES_PASSWORD: shop', false],
  ['the beginning of the name', 'POSTGRES_USER: shopper\nPOSTGRES_PASSWORD: shop', false],
])('a password that is %s', (_title, text, expected) => {
  expect(repeats(text, 'shop')).toBe(expected)
})

test.each([
  ['the word with digits for letters', 'MYSQL_DATABASE: retail\nMYSQL_PASSWORD: r3t4il', 'r3t4il'],
  ['the name in SQL', "CREATE USER 'shop_test' IDENTIFIED BY 'shop_test'", 'shop_test'],
])('a password that is %s repeats it', (_title, text, password) => {
  expect(repeats(text, password)).toBe(true)
})

test("a word that the database in its address is called by repeats it, another one's does not", () => {
  const address = (database: string) => `${'postgresql'}://app:shop@localhost:5432/${database}?sslmode=off`
  const repeatsIn = (text: string) => {
    const secretStart = text.indexOf('shop')
    const secretEnd = secretStart + 4
    return repeatsUser(
      { rule: 0, start: secretStart, end: secretEnd, secretStart, secretEnd, confidence: 1 },
      Buffer.from(text),
    )
  }
  expect([address('shop'), address('shops'), address('store')].map(repeatsIn)).toEqual([true, false, false])
})

test('a random password counts even where the user has the same', () => {
  const random = ['q8Zt5vQ', '1hXw7'].join('')
  expect(repeats(`user=${random}\npassword=${random}`, random)).toBe(false)
})
