import { expect, test } from 'vitest'
import { readsAsWords } from '../../../src/engine/generic/reads-as-words.ts'

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
  expect(readsAsWords(Buffer.from(`1${value}1`), 1, 1 + value.length)).toBe(expected)
})
