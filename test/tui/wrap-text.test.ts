import { expect, test } from 'vitest'
import { wrapText } from '../../src/tui/wrap-text.ts'

test('lines break between words, inside a word that is longer than a line, and where the text does', () => {
  expect(wrapText('to cut first', 7)).toEqual(['to cut', 'first'])
  expect(wrapText('exactly', 7)).toEqual(['exactly'])
  expect(wrapText('see https://x.y/z now', 7)).toEqual(['see', 'https:/', '/x.y/z', 'now'])
  expect(wrapText('abcdefgh', 4)).toEqual(['abcd', 'efgh'])
  expect(wrapText('one\ntwo', 7)).toEqual(['one', 'two'])
  expect(wrapText('', 7)).toEqual([''])
})
