import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { oneChunk } from '../../src/archive/byte-reader.ts'
import { compressions } from '../../src/archive/compressions/index.ts'
import { CorruptArchive, isArchiveProblem } from '../../src/archive/problems.ts'

const words = Array.from(
  { length: 3000 },
  (_, i) => `line ${i}: ${'ab'.repeat(i % 40)}${'c'.repeat(i % 270)}\n`,
).join('')

/** `words` as the programs packed it: `bzip2 -1`, `xz -9`, `zstd -19`. */
const fixture = (ending: string) =>
  readFileSync(new URL(`../../fixtures/archive/words.${ending}`, import.meta.url))

const packed: [name: keyof typeof compressions, bytes: Buffer][] = [
  ['bzip2', fixture('bz2')],
  ['gzip', gzipSync(words)],
  ['xz', fixture('xz')],
  ['zstd', fixture('zst')],
]

test.each(packed)('%s is unpacked', async (name, bytes) => {
  expect(await unpack(name, bytes)).toEqual({ text: words, error: undefined })
})

test.each(packed)('%s in many chunks, and twice in a row', async (name, bytes) => {
  const twice = Buffer.concat([bytes, bytes])
  expect(await unpack(name, twice, 1000)).toEqual({ text: words + words, error: undefined })
})

test.each(packed)('%s that is cut gives what comes before the cut', async (name, bytes) => {
  const { text, error } = await unpack(name, bytes.subarray(0, bytes.length - 100), 500)
  expect(error).toBeInstanceOf(CorruptArchive)
  expect(words.startsWith(text)).toBe(true)
  expect(text.length).toBeGreaterThan(words.length / 3)
})

test.each(packed)(
  '%s that is damaged is a problem of the archive or another text, nothing else',
  async (name, bytes) => {
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(damage, async places => {
        const bad = Buffer.from(bytes)
        for (const [place, byte] of places) bad[place] = byte
        const { error } = await unpack(name, bad)
        if (error) expect(isArchiveProblem(error)).toBe(true)
      }),
      { numRuns: 12 },
    )
  },
)

test.each(packed)('%s of what is nothing of the kind is a corrupt archive', async name => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async bytes => {
      expect((await unpack(name, Buffer.from(bytes))).error).toBeInstanceOf(CorruptArchive)
    }),
    { numRuns: 30 },
  )
})

test.each(packed)('%s: an error of the source stays what it is', async (name, bytes) => {
  const failure = Object.assign(new Error('no'), { code: 'EIO', syscall: 'read' })
  async function* failing() {
    yield bytes.subarray(0, 5000)
    throw failure
  }
  const taken = (async () => {
    for await (const _ of compressions[name](failing(), nothing));
  })()
  await expect(taken).rejects.toBe(failure)
})

function nothing(): void {}

async function unpack(name: keyof typeof compressions, bytes: Buffer, size = bytes.length) {
  const parts: Uint8Array[] = []
  let error: unknown
  try {
    for await (const part of compressions[name](cut(bytes, size), nothing)) parts.push(part)
  } catch (thrown) {
    error = thrown
  }
  return { text: Buffer.concat(parts).toString('latin1'), error }
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield* oneChunk(bytes.subarray(at, at + size))
}
