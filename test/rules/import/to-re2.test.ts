import { expect, test } from 'vitest'
import { toRe2 } from '../../../src/rules/import/to-re2.ts'

const translations: [rust: string, re2: string][] = [
  ['\\b(ab[0-9a-f]{32})\\b', '\\b(ab[0-9a-f]{32})\\b'],
  ['(?x)\n  ab   # the prefix\n  ( \\d{3} )\n', 'ab(\\d{3})'],
  ['(?mi)^ab$', '(?mi)^ab$'],
  ['(?xm) ^ ab $', '(?m:^)ab(?m:$)'],
  ['(?x) a{20,1024}', 'a{20,1000}a{0,24}'],
  ['(?x) a{2500}', 'a{1000}a{1000}a{500}'],
]

test.each(translations)('%j is %j', (rust, re2) => {
  expect(toRe2(rust, 'rust')).toBe(re2)
})

test('look-around is refused with the reason', () => {
  expect(() => toRe2('(?=a)b', 'rust')).toThrow('Regular expression: ')
})
