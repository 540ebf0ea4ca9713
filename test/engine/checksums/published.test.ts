import { expect, test } from 'vitest'
import { checksums } from '../../../src/engine/checksums/index.ts'

function toJsonKey(random: string): string {
  return Buffer.from(JSON.stringify({ k: random, n: 'ci', id: 1 })).toString('base64')
}

test.each([
  // stanch:allow -- made up
  ['a key that is random', toJsonKey(['q8Zt5vQ1hXw7PbJ3', 'mN9rK2sLdY4uAf6e'].join('')), 'valid'],
  ['a key that says that it is an example', toJsonKey(`EXAMPLE${'q8Zt5vQ1hXw7PbJ3mN9rK2sLd'}`), 'invalid'],
  ['what is no JSON', 'eyJrIjoiq8Zt5vQ1hXw7', 'unknown'],
])('a Grafana key of JSON: %s', (_title, key, verdict) => {
  expect(checksums['grafana-json-key'](key)).toBe(verdict)
})

test.each([
  ['version 1, which tells its time', '743b294a-cd03-11ec-9d64-0242ac120002', 'invalid'],
  ['version 4, which is random', ['d3b07384-d9a0-4f3c', '9c1f-2b6a7e5d8c90'].join('-'), 'unknown'],
])('an npm token that is a UUID of %s', (_title, token, verdict) => {
  expect(checksums['npm-auth-token'](token)).toBe(verdict)
})

test("a Google key that stands in Google's own tests is no secret", () => {
  const published = ['AIzaSyANUvH9H9BsUcc', 'jsu2pCmEkOPjjaXeDQgY'].join('')
  const own = ['AIzaSyQ8Zt5vQ1hXw7Pb', 'J3mN9rK2sLdY4uAf6e0'].join('')
  expect([published, own].map(key => checksums['google-api-key'](key))).toEqual(['invalid', 'unknown'])
})
