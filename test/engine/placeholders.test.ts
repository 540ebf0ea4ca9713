import { expect, test } from 'vitest'
import { isDummy, isMadeUp, isPlaceholder, isWordy } from '../../src/engine/placeholders.ts'

const placeholders = [
  '$DB_PASSWORD',
  '${DB_PASSWORD}',
  '{{ password }}',
  '<your-password>',
  '%PASSWORD%',
  '%(password)s',
  '#{password}',
  '<%= secret %>',
  '[[password]]',
  '__PASSWORD__',
  '@password@',
  'changeme',
  'change-me-now',
  'your-api-key',
  'REPLACE_ME',
  'example-token',
  'xxxxxxxx',
  '********',
  '...',
  'AKIAIOSFODNN7EXAMPLE',
  'null',
  'undefined',
  '12345678',
  'op://vault/item/field',
  'ENC[AES256_GCM,data:x]',
  'encrypted:uL8Zt5vQ1hXw7PbJ3mN9rK2s',
  'deadbeefdeadbeef',
]

test.each(placeholders)('%s is a placeholder', value => {
  expect(isPlaceholder(value)).toBe(true)
})

test.each([
  ['kV9mQ2', 'pLz8w!'],
  ['q8Zt5vQ1hXw7', 'PbJ3mN9rK2sLdY4uAf6e'],
  ['Tr0ub4dor', '&3x'],
  ['correct-horse', '-battery'],
])('a made-up value is none', (...pieces) => {
  expect(isPlaceholder(pieces.join(''))).toBe(false)
})

test('bytes that count in hexadecimal are a dummy, others are none', () => {
  const counting = ['000102030405060708090A0B', '00112233445566778899aabb', 'fffefdfcfbfaf9f8']
  expect(counting.map(isDummy)).toEqual([true, true, true])
  expect(isDummy(['724b0928', '10ec86d7', 'e35c9d06', '7702b31e'].join(''))).toBe(false)
})

test('a token with few characters, a run or a sequence is a dummy', () => {
  expect(
    ['aaaaaaaaaaaaaaaa', 'abababababababab', `ghp_${'x'.repeat(36)}`, 'sk_live_0123456789abcdefghij'].map(
      isDummy,
    ),
  ).toEqual([true, true, true, true])
  expect(isDummy(['q8Zt5vQ1hXw7', 'PbJ3mN9rK2sLdY4uAf6e'].join(''))).toBe(false)
})

test('a token of an exact form is made up if half of it is sequences, and not if a part is', () => {
  const body = ['q8Zt5vQ1hXw7', 'PbJ3mN9rK2sLdY4uAf6e'].join('')
  const typed = ['0123456789', 'abcdefghij', 'ZYXWVUTSRQPONM', `AKIA${'Z'.repeat(16)}`, `${body}EXAMPLE`]
  expect(typed.map(isMadeUp)).toEqual(typed.map(() => true))
  expect([body, `${body}abcdefghij`].map(isMadeUp)).toEqual([false, false])
})

test('numbers within a token, as of a workspace, do not tell that it is made up', () => {
  const ids = 'xoxb-111111111-2222222222-'
  expect(isMadeUp(ids + ['q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join(''))).toBe(false)
  expect(isMadeUp(`${ids}abcdefghijklmnopqrstuvwx`)).toBe(true)
})

test('a value of letters only is a word, as names of types are', () => {
  expect(['JiraDispatchModalPayload', 'dropboxoauthkey'].map(isWordy)).toEqual([true, true])
  expect([['q8Zt5vQ1hXw7', 'PbJ3mN9r'].join(''), 'short'].map(isWordy)).toEqual([false, false])
})

test('a group of characters that comes three times is a dummy', () => {
  expect(isDummy(['xoxp-1234-1234-1234-', '4ddbc191d40ee098'].join(''))).toBe(true)
  expect(isDummy(['xoxp-1234-5678-1234-', '4ddbc191d40ee098'].join(''))).toBe(false)
})

test('a piece that comes four times in a row is made up, three times is chance', () => {
  expect(isMadeUp(`shop_${'wrong'.repeat(4)}q8Zt5vQ1hXw7PbJ3mN9r`)).toBe(true)
  expect(isMadeUp(`shop_${'wrong'.repeat(3)}q8Zt5vQ1hXw7PbJ3mN9r`)).toBe(false)
})

test('a token that says fake is made up, unless it is so long that the letters come by chance', () => {
  const random = ['q8Zt5vQ1', 'hXw7PbJ3', 'mN9rK2sL'].join('')
  expect(isMadeUp(`ASIAIM${'FAKE'}AC7ESSK3Y`)).toBe(true)
  expect(isMadeUp(`${random}FAKE${random}`)).toBe(true)
  expect(isMadeUp(`${random}fAkE${random}`)).toBe(false)
  expect(isMadeUp(`${random}${random}FAKE${random}`)).toBe(false)
})

test('a row of the keyboard and a phrase in base64 are made up', () => {
  const phrase = Buffer.from('ilikethisshopverymuch').toString('base64')
  const typed = [['akab-1234567890qwerty', 'asdfghjklzxcvtnu'].join('-'), `whsec_${phrase}`]
  expect(typed.map(isMadeUp)).toEqual([true, true])
  expect(isMadeUp(['whsec_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sLdY4uAf6e'].join(''))).toBe(false)
})

test('names of code are wordy, random texts of the same length are not', () => {
  const names = [
    'params.shopClientSecret',
    'process.env.SHOP_CLIENT_SECRET',
    'schema_pkg_v1alpha1_BearerToken',
  ]
  expect(names.map(isWordy)).toEqual([true, true, true])
  expect(isWordy(['bPSk7DAe1wfDJheC', '4PLpXrsibkUcxOT6'].join(''))).toBe(false)
  expect(isWordy(['hqzv.kWxjRbvq', 'TgxPzwNkqLdvf'].join(''))).toBe(false)
})
