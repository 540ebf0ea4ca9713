import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { detectFormat } from '../../src/archive/format.ts'
import { makeTar, makeZip } from '../support/make-archives.ts'
import { walkBytes } from '../support/walk-bytes.ts'

const text = 'some text\n'
const mebibyte = 1024 * 1024

function nest(levels: number): Buffer {
  let inner: Buffer | string = text
  for (let level = levels; level > 0; level--) inner = makeZip([{ name: `n${level}`, content: inner }])
  return Buffer.from(inner)
}

test('archives within archives are opened five deep, and deeper ones reported and read as they are', async () => {
  expect(await walkBytes(nest(5))).toEqual({ files: { 'a!n1!n2!n3!n4!n5': text }, skipped: [] })
  const { files, skipped } = await walkBytes(nest(6))
  expect([Object.keys(files), skipped]).toEqual([['a!n1!n2!n3!n4!n5'], ['archive-limit a!n1!n2!n3!n4!n5']])
})

test('kinds of archives lie within each other', async () => {
  const tar = await makeTar({ 'x.zip': makeZip([{ name: 'y.gz', content: gzipSync(text) }]), plain: text })
  expect(await walkBytes(gzipSync(tar), {}, 'b.tar.gz')).toEqual({
    files: { 'b.tar.gz!x.zip!y.gz!y': text, 'b.tar.gz!plain': text },
    skipped: [],
  })
})

test.each([
  ['dump.sql.gz', 'dump.sql'],
  ['dir.d/dump', 'dump'],
  ['a.zip!log.GZ', 'log'],
])('what is packed alone in %s is called %s', async (name, inner) => {
  expect(Object.keys((await walkBytes(gzipSync(text), {}, name)).files)).toEqual([`${name}!${inner}`])
})

test('a bomb is given up, what came out of it before is read, and the rest of the archive too', async () => {
  const zip = makeZip([
    { name: 'bomb', content: Buffer.alloc(64 * mebibyte) },
    { name: 'after', content: text },
  ])
  const { files, skipped } = await walkBytes(zip)
  expect(skipped).toEqual(['archive-limit a!bomb'])
  expect(files['a!bomb']?.length).toBeLessThan(20 * mebibyte)
  expect(files['a!after']).toBe(text)
})

test('a bomb in a gzip stream is given up', async () => {
  const { files, skipped } = await walkBytes(gzipSync(Buffer.alloc(64 * mebibyte)))
  expect(skipped).toEqual(['archive-limit a'])
  expect(files['a!a']?.length).toBeLessThan(20 * mebibyte)
})

test('all that comes out of one archive has a limit, however it is packed', async () => {
  const inner = makeZip(
    Array.from({ length: 8 }, (_, i) => ({ name: `f${i}`, content: Buffer.alloc(mebibyte) })),
  )
  const outer = makeZip(Array.from({ length: 8 }, (_, i) => ({ name: `z${i}`, content: inner })))
  const { files, skipped } = await walkBytes(outer, { bytes: 10 * mebibyte })
  const total = Object.values(files).reduce((sum, content) => sum + content.length, 0)
  expect(skipped).toEqual(['archive-limit a!z1!f1'])
  expect(total).toBeLessThanOrEqual(10 * mebibyte)
})

test('the number of files has a limit', async () => {
  const zip = makeZip(Array.from({ length: 20 }, (_, i) => ({ name: `f${i}`, content: text })))
  const { files, skipped } = await walkBytes(zip, { entries: 12 })
  expect([Object.keys(files).length, skipped]).toEqual([12, ['archive-limit a']])
})

test('a cut in an outer archive is reported once, where it was met', async () => {
  const noise = Array.from({ length: 40_000 }, (_, i) => (i * 7919) % 10007).join(' ')
  const packed = gzipSync(await makeTar({ one: text, two: noise, three: text }))
  const { files, skipped } = await walkBytes(packed.subarray(0, -20_000))
  expect(skipped).toEqual(['corrupt-archive a!two'])
  expect(files['a!one']).toBe(text)
  expect(noise.startsWith(files['a!two'] ?? 'none')).toBe(true)
})

test('archives that are not read are reported, and their bytes searched', async () => {
  const bytes = Buffer.concat([Buffer.from('377abcaf271c', 'hex'), Buffer.alloc(40)])
  const { files, skipped } = await walkBytes(makeZip([{ name: 'x.7z', content: bytes }]))
  expect([Object.keys(files), skipped]).toEqual([['a!x.7z'], ['unsupported-archive a!x.7z']])
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['text', Buffer.from('BZh is how bzip2 begins, PK how zip does\n'.repeat(30))],
  ['zeros', Buffer.alloc(2000)],
  ['a mail about PDF', Buffer.from('From: a\n\n%PDF-1.4')],
])('%s is no archive', (_title, bytes) => {
  expect(detectFormat(bytes)).toBeUndefined()
})
