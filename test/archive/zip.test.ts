import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeZip } from '../support/make-archives.ts'
import { walkBytes } from '../support/walk-bytes.ts'

const text = 'some text\n'
const plain = makeZip([
  { name: 'a.txt', content: text },
  { name: 'b/c.txt', content: text.repeat(5000), isStored: true },
])
const both = { 'a!a.txt': text, 'a!b/c.txt': text.repeat(5000) }

test('files of a zip come with their names and contents, packed or stored', async () => {
  expect(await walkBytes(plain)).toEqual({ files: both, skipped: [] })
})

test('names are only names: nothing leaves the archive', async () => {
  const names = ['../../up', '/etc/passwd', 'C:\\windows\\x', 'ключ.txt', 'folder/']
  const { files } = await walkBytes(
    makeZip(names.map(name => ({ name, content: name.endsWith('/') ? '' : text }))),
  )
  expect(Object.keys(files)).toEqual([
    'a!../../up',
    'a!/etc/passwd',
    'a!C:/windows/x',
    'a!ключ.txt',
    'a!folder/',
  ])
})

test('files that need a password, or a method that nobody has here, are reported and the others read', async () => {
  const zip = makeZip([
    { name: 'locked', content: text, isEncrypted: true },
    { name: 'odd', content: text, method: 14 },
    { name: 'open', content: text },
  ])
  expect(await walkBytes(zip)).toEqual({
    files: { 'a!open': text },
    skipped: ['encrypted-archive a!locked', 'unsupported-archive a!odd'],
  })
})

test('files packed by other programs than deflate are read', async () => {
  const fixture = (ending: string) =>
    readFileSync(new URL(`../../fixtures/archive/words.${ending}`, import.meta.url))
  const methods: [number, string][] = [
    [12, 'bz2'],
    [93, 'zst'],
    [95, 'xz'],
  ]
  const zip = makeZip(methods.map(([method, name]) => ({ name, content: fixture(name), method })))
  const { files, skipped } = await walkBytes(zip)
  expect(skipped).toEqual([])
  expect(Object.values(files).map(content => content.slice(-4))).toEqual(['ccc\n', 'ccc\n', 'ccc\n'])
})

test('what stands before or behind the zip file does no harm', async () => {
  const framed = Buffer.concat([Buffer.from('#!/bin/sh\nexec java\n'), plain, Buffer.from('signature')])
  expect((await walkBytes(framed, {}, 'a.jar')).files).toEqual({
    'a.jar!a.txt': text,
    'a.jar!b/c.txt': text.repeat(5000),
  })
})

test('of a zip without its list the bytes themselves are read, and it is reported', async () => {
  const cut = plain.subarray(0, plain.length - 60)
  expect(await walkBytes(cut)).toEqual({
    files: { a: cut.toString('latin1') },
    skipped: ['corrupt-archive a'],
  })
})

test('a damaged file is read up to the damage, and the next one whole', async () => {
  const long = Array.from({ length: 60_000 }, (_, i) => i).join(' ')
  const zip = makeZip([
    { name: 'long', content: long },
    { name: 'next', content: text },
  ])
  zip.fill(0xff, 90_000, 90_040)
  const { files, skipped } = await walkBytes(zip)
  expect(skipped).toEqual(['corrupt-archive a!long'])
  expect(files['a!next']).toBe(text)
  expect(long.startsWith((files['a!long'] ?? '').slice(0, 10_000))).toBe(true)
})

test('any damage is survived', async () => {
  const damage = fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { minLength: 1, maxLength: 6 })
  const small = makeZip([
    { name: 'a', content: text },
    { name: 'b', content: text, isStored: true },
    { name: 'c', content: text.repeat(50) },
  ])
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(small.length), async (places, length) => {
      const bad = Buffer.from(small)
      for (const [place, byte] of places) bad[place % bad.length] = byte
      await walkBytes(bad)
      await walkBytes(small.subarray(0, length))
    }),
    { numRuns: 80 },
  )
})
