import { parse } from 'dotenv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { valuesOf } from '../../src/dotenv/dialect.ts'
import { dotenv } from '../../src/dotenv/dialects/dotenv.ts'
import { envText } from './env-text.ts'

test('the dotenv dialect reads what the dotenv package reads', () => {
  fc.assert(
    fc.property(envText, text => {
      expect(Object.fromEntries(valuesOf(dotenv.evaluate(text, {})))).toEqual(parse(text))
    }),
    { numRuns: 5000 },
  )
})

test('a file of blank lines takes no more than its length in steps', () => {
  const text = `${'\n'.repeat(300_000)}A=1`
  expect(dotenv.evaluate(text, {}).variables).toEqual([{ key: 'A', value: '1', quote: '', line: 300_001 }])
}, 2000)
