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
