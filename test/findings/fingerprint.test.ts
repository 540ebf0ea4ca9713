import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FingerprintFacts, fingerprintOf, isFingerprint } from '../../src/findings/fingerprint.ts'

const text = fc.string({ minLength: 1 })
const facts = fc.record<FingerprintFacts>({
  secret: text,
  rule: text,
  path: text,
  key: text,
  isStrong: fc.boolean(),
})

test('a name has its form, and the same facts have the same name', () => {
  fc.assert(
    fc.property(facts, some => {
      expect(isFingerprint(fingerprintOf(some))).toBe(true)
      expect(fingerprintOf({ ...some })).toBe(fingerprintOf(some))
    }),
  )
})

test('a strong secret keeps its name wherever and by whatever rule and key it is found', () => {
  fc.assert(
    fc.property(facts, facts, (one, other) => {
      const moved = { ...other, secret: one.secret, isStrong: true }
      expect(fingerprintOf(moved)).toBe(fingerprintOf({ ...one, isStrong: true }))
    }),
  )
})

test('a weak secret gives away 16 bits at most, and those only with its place', () => {
  fc.assert(
    fc.property(facts, text, (some, guess) => {
      const weak = { ...some, isStrong: false }
      const [name, guessed] = [fingerprintOf(weak), fingerprintOf({ ...weak, secret: guess })]
      expect(guessed.slice(0, -4)).toBe(name.slice(0, -4))
    }),
  )
  const values = Array.from({ length: 70_000 }, (_, i) => `password${i}`)
  const names = new Set(
    values.map(secret => fingerprintOf({ secret, rule: 'r', path: 'p', key: 'k', isStrong: false })),
  )
  expect(names.size).toBeLessThanOrEqual(65_536)
})

test('the same password elsewhere has another name, in both halves', () => {
  const here = {
    secret: ['hunter', '22'].join(''),
    rule: 'r',
    path: 'a.env',
    key: 'PASSWORD',
    isStrong: false,
  }
  const [name, other] = [fingerprintOf(here), fingerprintOf({ ...here, path: 'b.env' })]
  expect(other.slice(4, 20)).not.toBe(name.slice(4, 20))
  expect(other.slice(-4)).not.toBe(name.slice(-4))
})

test('a key written another way is the same key', () => {
  const name = (key: string) => fingerprintOf({ secret: 's', rule: 'r', path: 'p', key, isStrong: false })
  expect(new Set(['DB_PASSWORD', 'db.password', 'dbPassword', 'db-password'].map(name)).size).toBe(1)
})
