import { expect, test } from 'vitest'
import { readsAsWords, surpriseOfWords } from '../../../src/engine/generic/reads-as-words.ts'

test.each([
  ['CredentialSpec.Registry', true],
  ['test_table', true],
  ['password', true],
  ['https://shop.test/path', true],
  [['qkzt', 'vqwx', 'hxwp'].join(''), false],
  [['uhtk', 'DYSOwe', 'APnML'].join(''), false],
  ['default_value_1', true],
  ['test_table_12', false],
  ['p&ss=w?rd#1', false],
])('%s reads as words: %s', (value, expected) => {
  expect(readsAsWords(Buffer.from(`1${value}1`), 1, 1 + value.length, surpriseOfWords.password)).toBe(
    expected,
  )
})

test('what reads little like words may be a password and is no token', () => {
  const bytes = Buffer.from('kubernetes.io/hostname')
  const reads = Object.entries(surpriseOfWords).map(([kind, limit]) => [
    kind,
    readsAsWords(bytes, 0, bytes.length, limit),
  ])
  expect(Object.fromEntries(reads)).toEqual({ password: false, token: true })
})
