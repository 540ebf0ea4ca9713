import { format, inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from '../../src/model.ts'

const value = ['q8Zt5vQ1', 'hXw7PbJ3', 'mN9rK2sL'].join('')
const secret = new Secret(value)

test('nothing that prints a secret shows its value', () => {
  const prints = [
    String(secret),
    `${secret}`,
    `${[secret]}`,
    String(secret),
    JSON.stringify({ secret, list: [secret] }),
    inspect(secret),
    inspect({ deep: { secret } }, { depth: 9, showHidden: true }),
    format('%s %j %o %O %d', secret, secret, secret, secret, secret),
    Object.values(secret).join(),
    Object.getOwnPropertyNames(secret).join(),
    JSON.stringify(Object.entries({ ...secret })),
    new Error(`cannot use ${secret}`).message,
    String(structuredCloneOf(secret)),
  ]
  for (const print of prints) expect(print).not.toContain(value.slice(4, 20))
})

test('only reveal gives the value', () => {
  expect(secret.reveal()).toBe(value)
})

test('a long value shows four characters of each end, a short one none', () => {
  expect(secret.masked).toBe('q8Zt…(24)…K2sL')
  expect(new Secret('hunter2').masked).toBe('…(7)…')
  expect(new Secret(value.slice(0, 16)).masked).toBe('q8…(16)…J3')
})

test('a mask holds no control characters and no line breaks', () => {
  expect(new Secret(`\u001b[31m\n${value}\u202e`).masked).toMatch(/^[^\u001b\n\u202e]+$/)
})

function structuredCloneOf(input: unknown): unknown {
  return structuredClone(input)
}
