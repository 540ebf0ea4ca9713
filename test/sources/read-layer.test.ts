import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultArchiveLimits } from '../../src/archive/limits.ts'
import { CoverageTally } from '../../src/coverage.ts'
import type { Content } from '../../src/model.ts'
import type { Layer } from '../../src/oci/image.ts'
import { readLayer } from '../../src/sources/image/read-layer.ts'
import { layerPartSizes } from '../../src/sources/part-position.ts'
import { makeTar, makeZip } from '../support/make-archives.ts'
import { passing } from '../support/passing.ts'

/** Different everywhere. */
const numbers = (count: number) => Array.from({ length: count }, (_, i) => `${i}\n`).join('')

test('files of a layer are read whole out of memory that is used again and again', async () => {
  const large = numbers(layerPartSizes.part / 6)
  const zipped = makeZip([{ name: 'inner.txt', content: numbers(40_000) }])
  const tar = await makeTar({
    'small.txt': 'small\n',
    ['d'.repeat(120)]: numbers(3000),
    'large.txt': large,
    'a.zip': zipped,
    'b.gz': gzipSync(numbers(9000)),
    'last.txt': numbers(20_000),
  })
  const expected = {
    'small.txt': 'small\n',
    ['d'.repeat(120)]: numbers(3000),
    'large.txt': large,
    'a.zip!inner.txt': numbers(40_000),
    'b.gz!b': numbers(9000),
    'last.txt': numbers(20_000),
  }
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 300, max: 300_000 }), fc.boolean(), async (size, isPacked) => {
      const { files, coverage } = await read(isPacked ? gzipSync(tar, { level: 1 }) : tar, size)
      expect(coverage.skipped).toEqual([])
      expect(Object.keys(files)).toEqual(Object.keys(expected))
      for (const [path, text] of Object.entries(expected)) expect(files[path] === text).toBe(true)
    }),
    { numRuns: 8, examples: [[512, false]] },
  )
})

async function read(stored: Buffer, size: number) {
  const digest = `sha256:${createHash('sha256').update(stored).digest('hex')}`
  const layer: Layer = {
    digest,
    diffId: digest,
    mediaType: '',
    size: stored.length,
    address: { kind: 'memory', bytes: stored },
    verify: 'stored',
    annotations: {},
  }
  const memory = new Uint8Array(16 * 1024 * 1024)
  const options = {
    archives: defaultArchiveLimits,
    maxFileSize: 1e9,
    buffer: (length: number) => memory.subarray(0, length),
    isWanted: () => true,
  }
  const files: Record<string, string> = {}
  const add = ({ path, bytes, reported = { from: 0, to: bytes.length } }: Content) => {
    const text = Buffer.from(bytes.subarray(reported.from, reported.to)).toString()
    files[path] = (files[path] ?? '') + text
  }
  const coverage = new CoverageTally()
  await readLayer(layer, () => passing(stored, size), options, coverage, add)
  return { files, coverage: coverage.result() }
}
