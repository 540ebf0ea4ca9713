import { expect, test } from 'vitest'
import { mayBeSecret } from '../../../src/engine/generic/may-be-secret.ts'

test.each([
  ['CSS_NUMBER_LITERAL@1692..1695', false],
  ['IDENT@0..1', false],
  ['user@10..20x', true],
  ['@1..2', true],
  ['1692..1695', true],
  ['q8Zt5vQ1hXw7', true],
])('a bare value %s is worth a look: %s', (value, expected) => {
  const bytes = Buffer.from(`token: ${value}`)
  const secretStart = 'token: '.length
  const candidate = {
    rule: 0,
    start: 0,
    end: bytes.length,
    secretStart,
    secretEnd: bytes.length,
    confidence: 1,
  }
  expect(mayBeSecret(bytes, candidate, false)).toBe(expected)
})
