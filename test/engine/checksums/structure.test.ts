import { expect, test } from 'vitest'
import { checkAwsKeyId } from '../../../src/engine/checksums/aws-key-id.ts'
import { checkAzureSignature } from '../../../src/engine/checksums/azure-signature.ts'
import { checkBech32 } from '../../../src/engine/checksums/bech32.ts'
import { checkDiscord } from '../../../src/engine/checksums/discord.ts'
import { checkJwt } from '../../../src/engine/checksums/jwt.ts'
import { checkKubernetesSecret } from '../../../src/engine/checksums/kubernetes-secret.ts'
import { checkNkey } from '../../../src/engine/checksums/nkey.ts'
import { checkPassword } from '../../../src/engine/checksums/password.ts'
import { checkPem } from '../../../src/engine/checksums/pem.ts'
import { checkPypi } from '../../../src/engine/checksums/pypi.ts'
import { checkZeroFilled } from '../../../src/engine/checksums/zero-filled.ts'

test.each<[string, string, string, string]>([
  ['header with alg, payload', '{"alg":"none"}', '{"sub":"1"}', 'unknown'],
  ['neither alg nor a registered claim', '{"typ":"JWT"}', '{"name":"1"}', 'invalid'],
  ['a registered claim and no alg', '{"cty":"json"}', '{"iss":"joe"}', 'unknown'],
  ['header that is a list', '["alg"]', '{"sub":"1"}', 'invalid'],
  ['header that is no JSON', '{"alg":', '{"sub":"1"}', 'invalid'],
  ['the sample of jwt.io', '{"alg":"none"}', '{"sub":"1234567890","name":"John Doe","iat":1}', 'invalid'],
  ['the same with another name', '{"alg":"HS256"}', '{"sub":"1234567890","name":"Shop Test"}', 'invalid'],
  ["the Online JWT Builder's", '{"alg":"HS256"}', '{"iss":"Online JWT Builder","iat":1}', 'invalid'],
  ['another user', '{"alg":"HS256"}', '{"sub":"1234567891","name":"John Doe"}', 'unknown'],
  ['payload that is no object', '{"alg":"none"}', '"text"', 'invalid'],
])('JWT: %s', (_title, header, payload, verdict) => {
  expect(checkJwt(`${part(header)}.${part(payload)}.c2ln`)).toBe(verdict)
})

test('an AWS key id of an account that documentation and emulators use is none', () => {
  const ids = [
    ['AKIARZPUZDIK', 'GB2VALC4'],
    ['ASIAQAAAAAAA', 'KZ4L3POJ'],
    ['AKIA4CH4T3UM', 'SEMPD2ZS'],
  ]
  expect(ids.map(pieces => checkAwsKeyId(pieces.join('')))).toEqual(['invalid', 'invalid', 'unknown'])
})

test('a seed of NATS ends in the CRC-16 of what stands before', () => {
  // Published by github.com/nats-io/nkeys as an example.
  const seed = ['SUAGMJH5XLGZKQQ', 'WAWKRZJIGMOU4H', 'PFUYLXJMXOO5NLF', 'EO2OOQJ5LPRDPM']
  expect(checkNkey(seed.join(''))).toBe('valid')
  expect(checkNkey(seed.toReversed().join(''))).toBe('unknown')
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

test('an Azure key holds the signature of its service at one place', () => {
  const random = 'q8Zt5vQ1hXw7PbJ3mN9rK2sLdY4uAf6e'.repeat(3)
  expect(checkAzureSignature(`${random.slice(0, 76)}+AStQ2w5tQ==`)).toBe('valid')
  expect(checkAzureSignature(`${random.slice(0, 75)}+AStQ2w5tQQ==`)).toBe('unknown')
  expect(checkAzureSignature(`${random.slice(0, 52)}JQQJ99BEAC${'A'.repeat(13)}SAZDO1x2y`)).toBe('valid')
  expect(checkAzureSignature(`${'A'.repeat(76)}+AStAAAAAQ==`)).toBe('unknown')
})

test('bech32: the vectors of BIP 173', () => {
  expect(
    [
      'A12UEL5L',
      'an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs',
      'abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw',
      'split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w',
    ].map(checkBech32),
  ).toEqual(Array(4).fill('valid'))
  expect(['pzry9x0s0muk', '1pzry9x0s0muk', 'x1b4n0q5v', 'li1dgmt3', 'A1G7SGD8'].map(checkBech32)).toEqual(
    Array(5).fill('invalid'),
  )
})

test('a private key begins as its format must and goes on as random; the zeros of an OpenSSH head are no dummy', () => {
  const random = 'q8Zt5vQ1hXw7PbJ3mN9rK2sLdY4uAf6e'.repeat(8)
  const block = (body: string) => `-----BEGIN ${'PRIVATE'} KEY-----\n${body}\n-----END ${'PRIVATE'} KEY-----`
  const openssh = Buffer.from('openssh-key-v1\0\0\0\0\x04none\0\0\0\x04none\0\0\0\0\0\0\0\x01').toString(
    'base64',
  )
  expect(checkPem(block(openssh + random))).toBe('valid')
  expect(checkPem(block(`MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\\n${random}`))).toBe('valid')
  expect(checkPem(block(`MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${'x'.repeat(200)}`))).toBe('unknown')
  expect(checkPem(block('privatekey'.repeat(9)))).toBe('invalid')
  expect(checkPem(block(`your key goes here ${random}`))).toBe('unknown')
  expect(checkPem(block(`MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${random}...${random}`))).toBe('invalid')
  expect(checkPem(block(`EXAMPLEBADANBgkqhkiG9w0BAQEFAASC${random}`))).toBe('invalid')
})

test('a token with zero bytes is no dummy when its other bytes are random', () => {
  const zeros = 'A'.repeat(21)
  expect(checkZeroFilled(`${zeros}q8Zt5vQ1hXw7PbJ3mN9rK2sLdY4u`)).toBe('valid')
  expect(checkZeroFilled(`${zeros}q8Zt5vQ1`)).toBe('unknown')
  expect(checkZeroFilled(zeros + 'B'.repeat(30))).toBe('unknown')
})

test('a password of a connection is no template and none that everybody knows', () => {
  const values = [
    ['kV9mQ2', 'pLz8w'].join(''),
    'postgres',
    'secret1',
    '${PASSWORD}',
    '<password>',
    'changeme',
    'newpassword',
    'consumer1_pwd',
    'password-encoded',
    'replace-default-auth',
    'pgpass"]',
    'shoppass',
    'shoppw',
    'test@12343',
    'pwd\\',
    'dbPassword',
    'CONFIG.DB_PASSWORD)',
    'pass_app22',
  ]
  expect(values.filter(value => checkPassword(value, `PGPASSWORD=${value}`) === 'unknown')).toEqual([
    values[0],
  ])
  const encoded = [...values, 'abc'].map(value => Buffer.from(value).toString('base64'))
  expect(encoded.filter(value => checkKubernetesSecret(value) === 'unknown')).toEqual([
    encoded[0],
    encoded[10],
  ])
})

test('a configuration that names no secret is none of Kubernetes', () => {
  const encode = (text: string) => checkKubernetesSecret(Buffer.from(text).toString('base64'))
  const texts = [
    '{"clusters":["local","shop-m1"]}',
    '{"user":"shop","token":"a7"}',
    `{"id":"${'q8Zt5vQ1'.repeat(2)}"}`,
  ]
  expect(texts.map(encode)).toEqual(['invalid', 'unknown', 'unknown'])
})

test('random bytes in base64 have capitals', () => {
  const random = Buffer.from(
    ['f3a1c49e07b2d85b', '9e6c1f47a0d3b825', 'c7e1490fb6d2a853'].join(''),
    'hex',
  ).toString('base64')
  expect(checkKubernetesSecret(random)).toBe('unknown')
  expect(checkKubernetesSecret(random.toLowerCase())).toBe('invalid')
})

test('words and the address of a server are no secret of Kubernetes', () => {
  const encode = (text: string) => checkKubernetesSecret(Buffer.from(text).toString('base64'))
  const texts = ['realvalue', 'SECRETVAL', 'https://localhost:6443', ['JKvO', 'Kc2NOu'].join('')]
  expect(texts.map(encode)).toEqual(['invalid', 'invalid', 'invalid', 'unknown'])
})

function part(text: string): string {
  return Buffer.from(text).toString('base64url')
}

test("a Secret's certificate is public and its user's name no secret, its key is one", () => {
  const value = Buffer.from(['q8Zt5vQ1', 'hXw7PbJ3'].join('')).toString('base64')
  const verdicts = ['ca.crt', 'tls.crt', 'rootUser', 'username', 'tls.key', 'password'].map(key =>
    checkKubernetesSecret(value, `kind: Secret\ndata:\n  ${key}: ${value}`),
  )
  expect(verdicts).toEqual(['invalid', 'invalid', 'invalid', 'invalid', 'unknown', 'unknown'])
})
