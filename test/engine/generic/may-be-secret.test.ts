import { expect, test } from 'vitest'
import { mayBeSecret } from '../../../src/engine/generic/may-be-secret.ts'

/** In pieces, so that they are none to a scan of this file. */
const token = ['q8Zt5', 'vQ1hXw7'].join('')
const serial = ['GR13', '48941'].join('')
const word = ['TSX', 'LDTRK'].join('')

test.each([
  ['CSS_NUMBER_LITERAL@1692..1695', false],
  ['IDENT@0..1', false],
  ['user@10..20x', true],
  ['@1..2', true],
  ['1692..1695', true],
  [token, true],
])('a bare value %s is worth a look: %s', (value, expected) => {
  const bytes = Buffer.from(`token: ${value}`)
  const secretStart = 'token: '.length
  const found = { nameStart: 0, nameEnd: 5, secretStart, secretEnd: bytes.length, quote: 0 }
  expect(mayBeSecret(bytes, found, 'password', false)).toBe(expected)
})

test.each([
  ['[![cov](https://codecov.io/gh/a/b/graph/badge.svg', false],
  ['src="https://badges.shop.test/js/rating/b.svg', false],
  ['https://shop.test/download', true],
  ['badge (https://shop.test/download', true],
  ['badge.svg', true],
])('behind %s? a token is worth a look: %s', (address, expected) => {
  const bytes = Buffer.from(`${address}?token=${token})`)
  const nameStart = address.length + 1
  const secretStart = nameStart + 'token='.length
  const found = { nameStart, nameEnd: nameStart + 5, secretStart, secretEnd: bytes.length - 1, quote: 0 }
  expect(mayBeSecret(bytes, found, 'password', false)).toBe(expected)
})

test.each([
  ['a piece of a longer text', `["token=${serial}", "7s3cMfOZ0qK"]`, false],
  ['an argument before another', `["--token=${serial}", "--host"]`, true],
  ['a pair before another', `["token=${serial}", "HOST=db1"]`, true],
  ['an argument before a word', `["token=${serial}", "server"]`, true],
  ['the last of a list', `["token=${serial}"]`, true],
  ['a text before the next key', `{"line": "token=${serial}", "lineNumber": 3}`, true],
])('%s: worth a look or not', (_title, text, expected) => {
  const bytes = Buffer.from(text)
  const secretStart = text.indexOf('GR')
  const secretEnd = text.indexOf('"', secretStart)
  const nameStart = text.indexOf('token')
  expect(
    mayBeSecret(
      bytes,
      { nameStart, nameEnd: nameStart + 5, secretStart, secretEnd, quote: 0 },
      'password',
      true,
    ),
  ).toBe(expected)
})

test('the fingerprint of a PGP key names it, and is no secret', () => {
  const fingerprint = ['3AFC0154', '3F22DD22', '39285CDD', '81867448', '9FBC127E'].join('')
  const look = (before: string, value: string) => {
    const bytes = Buffer.from(`${before}key: ${value}`)
    const nameStart = before.length
    const nameEnd = nameStart + 'key'.length
    const secretStart = nameEnd + ': '.length
    return mayBeSecret(
      bytes,
      { nameStart, nameEnd, secretStart, secretEnd: bytes.length, quote: 0 },
      'password',
      false,
    )
  }
  expect([
    look('- Release GPG ', fingerprint),
    look('Signing ', fingerprint.slice(24)),
    look('- API ', fingerprint),
    look('- Release GPG ', fingerprint.toLowerCase()),
    look('- Release GPG ', `${fingerprint}0`),
  ]).toEqual([false, false, true, true, true])
})

test.each([
  ['a line of a test log', `FAIL: a\nPASS: ${word}\n`, false],
  ['the first line of one', `PASS: ${word}\nXFAIL: b\n`, false],
  ['behind the name of a test file', `Running ./b.exp ...\nPASS: ${word}\n`, false],
  ['a pass that should be none', `UNTESTED: a\nXPASS: ${word}\n`, false],
  ['a line between others', `USER: a\nPASS: ${word}\nHOST: b\n`, true],
  ['within a line', `FAIL: a\nuser: PASS: ${word}\nFAIL: b`, true],
  ['alone', `PASS: ${word}`, true],
  ['under another name', `FAIL: a\nPASSWORD: ${word}\n`, true],
])('a value in %s: worth a look or not', (_title, text, expected) => {
  const bytes = Buffer.from(text)
  const nameStart = text.indexOf('PASS')
  const secretStart = text.indexOf('TSX')
  const nameEnd = nameStart + 4
  const found = { nameStart, nameEnd, secretStart, secretEnd: secretStart + word.length, quote: 0 }
  expect(mayBeSecret(bytes, found, 'password', false)).toBe(expected)
})

test.each([
  ['words with blanks', ['correct', '7 horse'].join(' '), false],
  ['a word in another script', ['q8Zt5', 'pàssvQ1'].join(''), true],
  ['words without a digit', 'CredentialSpec.Registry', false],
])('%s in quotes: worth a look or not', (_title, value, expected) => {
  const bytes = Buffer.from(`secret = "${value}"`)
  const found = { nameStart: 0, nameEnd: 6, secretStart: 10, secretEnd: bytes.length - 1, quote: 34 }
  expect(mayBeSecret(bytes, found, 'password', true)).toBe(expected)
})

test.each([
  ['a text of a list', `"token=${serial}",\n  "7s3cMfOZ0qK"`],
  ['another line of a test log', `PASS: ${serial}\nXFAIL: b\n`],
])('of lines out of their context, %s in the next line tells nothing', (_title, text) => {
  const bytes = Buffer.from(text)
  const secretStart = text.indexOf('GR')
  const found = {
    nameStart: text.search(/token|PASS/),
    nameEnd: secretStart - 1,
    secretStart,
    secretEnd: secretStart + serial.length,
    quote: 0,
  }
  expect([true, false].map(ofLines => mayBeSecret(bytes, found, 'password', false, ofLines))).toEqual([
    true,
    false,
  ])
})

test.each([
  ['an expression behind a quoted key', `{'token': settings.${serial}}`, false],
  ['a pair of a quoted argument', `"-e TOKEN=1" "token=settings.${serial}"`, true],
])('in code %s: worth a look or not', (_title, text, expected) => {
  const bytes = Buffer.from(text)
  const nameStart = text.indexOf('token')
  const secretStart = text.indexOf('settings')
  const secretEnd = secretStart + 'settings.'.length + serial.length
  const found = { nameStart, nameEnd: nameStart + 5, secretStart, secretEnd, quote: 0 }
  expect(mayBeSecret(bytes, found, 'password', true)).toBe(expected)
})

test.each([
  ['public ', false],
  ['Public ', false],
  ['secret ', true],
])('a key that is called %skey is worth a look: %s', (before, expected) => {
  const bytes = Buffer.from(`verify with ${before}key "${token}"`)
  const nameStart = bytes.indexOf('key')
  const secretStart = nameStart + 'key "'.length
  const found = {
    nameStart,
    nameEnd: nameStart + 3,
    secretStart,
    secretEnd: secretStart + token.length,
    quote: 34,
  }
  expect(mayBeSecret(bytes, found, 'password', true)).toBe(expected)
})
