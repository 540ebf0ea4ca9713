import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeTar } from '../support/make-archives.ts'
import { walkBytes } from '../support/walk-bytes.ts'

const text = 'some text\n'

test('files of a tar come with their names and contents', async () => {
  const long = `${'d'.repeat(90)}/${'f'.repeat(120)}.txt`
  const files = { 'a.txt': text, './b/c.txt': 'x'.repeat(2000), [long]: text, 'ключ.txt': text, empty: '' }
  expect(await walkBytes(await makeTar(files))).toEqual({
    files: {
      'a!a.txt': text,
      'a!b/c.txt': 'x'.repeat(2000),
      [`a!${long}`]: text,
      'a!ключ.txt': text,
    },
    skipped: [],
  })
})

test('names are only names: nothing leaves the archive', async () => {
  const tar = await makeTar({ '../../up': text, '/etc/passwd': text })
  expect(Object.keys((await walkBytes(tar)).files)).toEqual(['a!../../up', 'a!/etc/passwd'])
})

test('a name that is not UTF-8 keeps its bytes', async () => {
  const tar = await makeTar({ 'a\u0001.txt': text })
  tar[1] = 0xff
  fixChecksum(tar)
  const { files } = await walkBytes(tar)
  expect(Object.keys(files)).toEqual(['a!a\ufffd.txt'])
})

test('links have no contents, whatever their size says', async () => {
  const tar = await makeTar({ link: '', 'a.txt': text })
  tar[156] = 0x32
  tar.write('00000001000', 124, 'latin1')
  fixChecksum(tar)
  expect((await walkBytes(tar)).files).toEqual({ 'a!a.txt': text })
})

test('the parts of a sparse file of GNU tar are read in a row', async () => {
  const tar = await makeTar({ sparse: text, after: text })
  tar[156] = 0x53
  tar[482] = 1
  fixChecksum(tar)
  const withMap = Buffer.concat([tar.subarray(0, 512), Buffer.alloc(512), tar.subarray(512)])
  expect((await walkBytes(withMap)).files).toEqual({ 'a!sparse': text, 'a!after': text })
})

test('archives in a row are read to the end, as tar --ignore-zeros does', async () => {
  const tar = Buffer.concat([
    await makeTar({ one: text }),
    await makeTar({ two: text }),
    Buffer.from('padding'),
  ])
  expect(await walkBytes(tar)).toEqual({ files: { 'a!one': text, 'a!two': text }, skipped: [] })
})

test('what comes before a cut is read, and the cut is reported once', async () => {
  const tar = await makeTar({ one: text, two: 'x'.repeat(3000) })
  expect(await walkBytes(tar.subarray(0, 3000))).toEqual({
    files: { 'a!one': text, 'a!two': 'x'.repeat(3000 - 1536) },
    skipped: ['corrupt-archive a!two'],
  })
})

test('a last block that is not filled up holds all that it should', async () => {
  const tar = await makeTar({ one: text, two: 'x'.repeat(3000) })
  expect(await walkBytes(tar.subarray(0, 1536 + 3000))).toEqual({
    files: { 'a!one': text, 'a!two': 'x'.repeat(3000) },
    skipped: [],
  })
})

test('a damaged header ends the archive, and is reported', async () => {
  const tar = await makeTar({ one: text, two: text })
  tar[1024] = 0x7a
  expect(await walkBytes(tar)).toEqual({ files: { 'a!one': text }, skipped: ['corrupt-archive a'] })
})

test('any damage is survived', async () => {
  const tar = await makeTar({ one: text, [`${'n'.repeat(120)}`]: text, two: text })
  const damage = fc.array(fc.tuple(fc.nat(tar.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(tar.length), async (places, length) => {
      const bad = Buffer.from(tar)
      for (const [place, byte] of places) bad[place] = byte
      await walkBytes(bad.subarray(0, length))
    }),
    { numRuns: 60 },
  )
})

test('a packed tar is one archive', async () => {
  const packed = gzipSync(await makeTar({ 'a.txt': text }))
  expect(await walkBytes(packed, { depth: 1 }, 'x.tgz')).toEqual({
    files: { 'x.tgz!a.txt': text },
    skipped: [],
  })
})

function fixChecksum(tar: Buffer): void {
  tar.fill(32, 148, 156)
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
}
