import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { oneChunk } from '../../src/archive/byte-reader.ts'
import { meterZstd } from '../../src/archive/compressions/zstd-effort.ts'
import { makeZip } from '../support/make-archives.ts'
import { walkBytes } from '../support/walk-bytes.ts'

const words = readFileSync(new URL('../../fixtures/archive/words.zst', import.meta.url))
const mebibyte = 1024 * 1024

/** A frame in a window of 2^`log` bytes with `count` blocks of one byte each. */
function tinyBlocks(count: number, log: number): Buffer {
  const blocks = Array.from({ length: count }, (_, i) => [8 | (i === count - 1 ? 1 : 0), 0, 0, 0x61])
  return Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, (log - 10) << 3, ...blocks.flat()])
}

test.each([1, 5, 7, 1000, 1 << 20])('each block costs its window, in chunks of %d bytes', async size => {
  const frame = tinyBlocks(3, 20)
  const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3])
  expect(await costsOf(Buffer.concat([frame, skipped, frame]), size)).toEqual(Array(6).fill(mebibyte))
})

test('what the program packed costs the same however it comes', async () => {
  const costs = await costsOf(words, words.length)
  expect(costs.length).toBeGreaterThan(1)
  expect(await costsOf(words, 100)).toEqual(costs)
})

test('a window wider than the program allows is a limit, before any memory is asked for', async () => {
  const zip = makeZip([{ name: 'wide', content: tinyBlocks(1, 28), method: 93 }])
  expect(await walkBytes(zip)).toEqual({ files: {}, skipped: ['archive-limit a!wide'] })
})

test('an archive of many tiny blocks in wide windows ends soon, and the rest of it is read', async () => {
  const slow = tinyBlocks(30, 27)
  const bad = Array.from({ length: 50 }, (_, i) => ({ name: `${i}`, content: slow, method: 93 }))
  const { files, skipped } = await walkBytes(makeZip([...bad, { name: 'after', content: 'text' }]))
  expect(files['a!0']).toBe('a'.repeat(30))
  expect(files['a!after']).toBe('text')
  expect(skipped).toEqual(bad.slice(1).map(({ name }) => `archive-limit a!${name}`))
})

async function costsOf(bytes: Buffer, size: number): Promise<number[]> {
  const costs: number[] = []
  for await (const _ of meterZstd(cut(bytes, size), cost => void costs.push(cost)));
  return costs
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield* oneChunk(bytes.subarray(at, at + size))
}

test('pieces are of few blocks, whatever the chunk, and lose nothing', async () => {
  const frame = tinyBlocks(100, 10)
  const pieces: Uint8Array[] = []
  for await (const piece of meterZstd(cut(frame, frame.length), () => {})) pieces.push(piece)
  expect(Buffer.concat(pieces)).toEqual(frame)
  expect(Math.max(...pieces.map(piece => piece.length))).toBeLessThan(80)
})
