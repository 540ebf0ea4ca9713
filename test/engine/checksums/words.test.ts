import { expect, test } from 'vitest'
import { checkBasicCredentials } from '../../../src/engine/checksums/basic-credentials.ts'
import { checkBearerToken } from '../../../src/engine/checksums/bearer-token.ts'

const random = ['q8Zt5v', 'Q1hXw7'].join('')

test.each([
  ['a random password', `shop:${random}`, 'unknown'],
  ['random letters', 'shop:qkwzpvxmjbrt', 'unknown'],
  ["the RFC's words", 'Aladdin:open sesame', 'invalid'],
  ['words', 'bob:shop-updated', 'invalid'],
  ['blanks', 'client:    ', 'invalid'],
  ['a word for one with a number', 'client:secret11211', 'invalid'],
])('Basic credentials with %s', (_title, text, verdict) => {
  expect(checkBasicCredentials(Buffer.from(text).toString('base64'))).toBe(verdict)
})

test('a bearer token is no words', () => {
  const claims = ['eyJhbGciOiJSUzI1NiJ9', 'eyJhdWQiOiJleGFtcGxlIn0'].join('.')
  expect(checkBearerToken(`${claims}.signature`, 'Authorization: Bearer ')).toBe('invalid')
  expect(checkBearerToken(`${claims}.${random}`, 'Authorization: Bearer ')).toBe('unknown')
  expect(checkBearerToken('private-authorization', 'Authorization: Bearer ')).toBe('invalid')
  expect(checkBearerToken(['qkwzpvxm', 'jbrtcnhgdfsleuoyia'].join('-'), 'Authorization: Bearer ')).toBe(
    'unknown',
  )
})
