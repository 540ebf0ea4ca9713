import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gunzipInPlace } from '../../src/archive/compressions/gunzip-in-place.ts'
import { CorruptArchive } from '../../src/archive/problems.ts'
import { passing } from '../support/passing.ts'

const text = Buffer.from(Array.from({ length: 60_000 }, (_, i) => `line ${i * 7919}\n`).join(''))

/** What comes out, and whether that is all. */
async function unpack(packed: Buffer, size: number): Promise<{ bytes: Buffer; error?: unknown }> {
  const parts: Buffer[] = []
  try {
    for await (const part of gunzipInPlace(passing(packed, size)) ?? []) parts.push(Buffer.from(part))
  } catch (error) {
    return { bytes: Buffer.concat(parts), error }
  }
  return { bytes: Buffer.concat(parts) }
}

test('this Node lets zlib be used in place', () => {
  expect(gunzipInPlace(passing(Buffer.alloc(0), 1))).toBeDefined()
})

test('what was packed comes out, however it is cut, from several members as from one', async () => {
  const cuts = fc.uniqueArray(fc.nat(text.length), { maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(cuts, fc.integer({ min: 50, max: 400_000 }), async (at, size) => {
      const ends = [0, ...at.sort((a, b) => a - b), text.length]
      const members = ends.slice(1).map((end, i) => gzipSync(text.subarray(ends[i], end), { level: 1 }))
      expect((await unpack(Buffer.concat(members), size)).bytes.equals(text)).toBe(true)
    }),
    { numRuns: 20 },
  )
})

test('what stands behind the end is passed over', async () => {
  const packed = Buffer.concat([gzipSync(text), Buffer.alloc(700)])
  const { bytes, error } = await unpack(packed, 1000)
  expect(bytes.equals(text)).toBe(true)
  expect(error).toBeUndefined()
})

test('of a stream that is cut off or damaged, what comes before that is given', async () => {
  const packed = gzipSync(text)
  const cut = await unpack(packed.subarray(0, packed.length - 9), 1000)
  expect(cut.error).toBeInstanceOf(CorruptArchive)
  expect(cut.bytes.equals(text)).toBe(true)
  const damaged = Buffer.from(packed).fill(0xff, 100_000, 100_100)
  const { bytes, error } = await unpack(damaged, 1000)
  expect(error).toBeInstanceOf(CorruptArchive)
  expect(bytes.length).toBeGreaterThan(100_000)
  expect(text.subarray(0, 200_000).equals(bytes.subarray(0, 200_000))).toBe(true)
})
