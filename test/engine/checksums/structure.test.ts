import { expect, test } from 'vitest'
import { awsAccountOf, checkAwsAccessKeyId } from '../../../src/engine/checksums/aws-access-key-id.ts'
import { checkDiscord } from '../../../src/engine/checksums/discord.ts'
import { checkJwt } from '../../../src/engine/checksums/jwt.ts'
import { checkPypi } from '../../../src/engine/checksums/pypi.ts'

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

test('a newer AWS key id tells its account, and one of no account is no key id', () => {
  const id = accessKeyId(123_456_789_012n)
  expect({ account: awsAccountOf(id), verdict: checkAwsAccessKeyId(id) }).toEqual({
    account: 123_456_789_012,
    verdict: 'unknown',
  })
  expect(checkAwsAccessKeyId(accessKeyId(1_050_000_000_000n))).toBe('invalid')
})

test('an older AWS key id tells nothing', () => {
  const id = ['AKIA', 'J7NQ2VXK', 'WZ4MT6RB'].join('')
  expect({ account: awsAccountOf(id), verdict: checkAwsAccessKeyId(id) }).toEqual({
    account: undefined,
    verdict: 'unknown',
  })
})

test.each<[string, string, string, string]>([
  ['header with alg, payload', '{"alg":"none"}', '{"sub":"1"}', 'unknown'],
  ['header without alg', '{"typ":"JWT"}', '{"sub":"1"}', 'invalid'],
  ['header that is a list', '["alg"]', '{"sub":"1"}', 'invalid'],
  ['header that is no JSON', '{"alg":', '{"sub":"1"}', 'invalid'],
  ['payload that is no object', '{"alg":"none"}', '"text"', 'invalid'],
])('JWT: %s', (_title, header, payload, verdict) => {
  expect(checkJwt(`${part(header)}.${part(payload)}.c2ln`)).toBe(verdict)
})

test('a Discord token begins with a user id', () => {
  expect(checkDiscord(`${part('845712093348612345')}.YfQzkA.abc`)).toBe('unknown')
  expect(checkDiscord(`${part('hello, world of text')}.YfQzkA.abc`)).toBe('invalid')
})

test('a package index token is a macaroon of a host', () => {
  const macaroon = (host: string, rest: number) =>
    `pypi-${Buffer.from([2, 1, host.length, ...Buffer.from(host), ...new Uint8Array(rest)]).toString('base64url')}`
  expect(checkPypi(macaroon('index.shop.test', 80))).toBe('valid')
  expect(checkPypi(macaroon('index.shop.test', 8))).toBe('invalid')
  expect(checkPypi(macaroon('no host', 80))).toBe('invalid')
  expect(checkPypi(['pypi-', 'Ag', '!'].join(''))).toBe('invalid')
})

function accessKeyId(account: bigint): string {
  const bits = (1n << 79n) | (account << 39n) | 0x1f_3a7b_92c5n
  return `AKIA${Array.from({ length: 16 }, (_, i) => base32[Number((bits >> BigInt(75 - 5 * i)) & 31n)]).join('')}`
}

function part(text: string): string {
  return Buffer.from(text).toString('base64url')
}
