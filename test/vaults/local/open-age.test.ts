import {
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
} from 'age-encryption'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeIdentity } from '../../../src/vaults/local/decode-identity.ts'
import { openAge } from '../../../src/vaults/local/open-age.ts'

const identities = await Promise.all([
  generateX25519Identity(),
  generateX25519Identity(),
  generateX25519Identity(),
])
const recipients = await Promise.all(identities.map(identityToRecipient))
const [first = '', second = '', stranger = ''] = identities

async function seal(text: string, to = recipients.slice(0, 2)): Promise<Buffer> {
  const encrypter = new Encrypter()
  for (const recipient of to) encrypter.addRecipient(recipient)
  return Buffer.from(await encrypter.encrypt(text))
}

test('what the library seals opens for each recipient and for nobody else, whatever its length', async () => {
  const lengths = [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]
  for (const length of lengths) {
    const text = 'é'.repeat(length / 2) + 'x'.repeat(length % 2)
    const file = await seal(text)
    expect(openAge(file, [first]) === text).toBe(true)
    expect(openAge(file, [stranger, second]) === text).toBe(true)
    expect(openAge(file, [stranger])).toBeUndefined()
  }
})

test('no byte can be changed, none taken away and none added', async () => {
  const file = await seal('a value')
  await fc.assert(
    fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(file)
      changed[at] = (changed[at] ?? 0) ^ change
      const opened = openAge(changed, [first])
      // The part for the other recipient is signed, too; nothing that is opened differs.
      expect(opened).toBeUndefined()
      expect(openAge(file.subarray(0, at), [first])).toBeUndefined()
    }),
  )
  expect(openAge(Buffer.concat([file, Buffer.from('x')]), [first])).toBeUndefined()
})

test('the signature is written in one way only', async () => {
  const file = await seal('a value')
  const last = file.indexOf('\n--- ') + 5 + 42
  const ways = Array.from({ length: 255 }, (_, byte) => {
    const changed = Buffer.from(file)
    changed[last] = (file[last] ?? 0) ^ (byte + 1)
    return changed
  })
  expect(ways.filter(way => openAge(way, [first]) !== undefined)).toEqual([])
})

test('whole chunks cannot be left out', async () => {
  const file = await seal('x'.repeat(200_000))
  expect(openAge(file.subarray(0, file.length - (200_000 % 65_536) - 16), [first])).toBeUndefined()
})

test('other kinds of identities and files are left to the library', async () => {
  const hybrid = await generateHybridIdentity()
  expect(openAge(await seal('x', [await identityToRecipient(hybrid)]), [hybrid])).toBeUndefined()
  expect(openAge(Buffer.from('hello'), [first])).toBeUndefined()
})

test('an identity with one wrong character is none', () => {
  fc.assert(
    fc.property(fc.nat(57), fc.constantFrom(...'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LB1'), (at, character) => {
      const place = first.length - 1 - at
      const changed = first.slice(0, place) + character + first.slice(place + 1)
      expect(decodeIdentity(changed) === undefined).toBe(changed !== first)
    }),
  )
  expect(decodeIdentity(first)).toHaveLength(32)
  expect(decodeIdentity(first.toLowerCase())).toBeUndefined()
})
