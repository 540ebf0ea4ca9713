import { expect, test } from 'vitest'
import type { FileMatch, LayerResult } from '../../src/commands/scan/image/layer-jobs.ts'
import { mergeLayers } from '../../src/commands/scan/image/merge-layers.ts'
import type { Content, Coverage } from '../../src/model.ts'
import type { Layer } from '../../src/oci/image.ts'
import { BatchWriter } from '../../src/sources/image/content-batch.ts'

const layer: Layer = {
  digest: 'sha256:ab',
  diffId: 'sha256:cd',
  mediaType: '',
  size: 1,
  address: { kind: 'passed', name: '' },
  verify: 'stored',
  annotations: {},
}
const none = new Float64Array(0)
const read = (items: number): Coverage => ({ complete: true, items, bytes: items, skipped: [] })
const found = (file: number) => ({ file, path: `f${file}` }) as FileMatch

function resultOf(tickets: number[]): LayerResult {
  const changes = { files: none, directories: none, whiteouts: none, opaque: none }
  const facts = { changes, links: [], published: none, identities: [] }
  return { layer: 0, matches: [found(1), found(4)], ...facts, coverage: read(4), tickets }
}

test('what others found in a layer comes where its file stands, and nothing of batches that nobody counts', () => {
  const batches = [
    { ticket: 7, matches: [found(2)], coverage: read(0) },
    { ticket: 8, matches: [found(9)], coverage: read(0) },
  ]
  const [merged] = mergeLayers(
    [layer],
    [
      { layers: [resultOf([7])], batches: [] },
      { layers: [], batches },
    ],
    [],
    [],
  )
  expect(merged?.matches.map(({ path }) => path)).toEqual(['f1', 'f2', 'f4'])
  expect(merged?.coverage).toEqual(read(4))
})

test('contents that a thread died of are told by name, and so is a layer', () => {
  const memory = new Uint8Array(2000)
  const filled = new BatchWriter(memory, 0)
  for (const path of ['etc/a', 'etc/b']) filled.add({ path, bytes: Uint8Array.of(1) } as Content, 1)
  const bytes = memory.subarray(0, filled.finish())
  const [merged, lost] = mergeLayers(
    [layer, { ...layer, digest: 'sha256:ef' }],
    [{ layers: [resultOf([3])], batches: [] }],
    [1],
    [{ number: 0, ticket: 3, bytes }],
  )
  expect(merged?.coverage).toMatchObject({
    complete: false,
    skipped: [{ reason: 'worker-died', count: 2, examples: ['etc/a', 'etc/b'] }],
  })
  expect(lost?.coverage.skipped).toMatchObject([{ reason: 'worker-died', examples: ['layer sha256:ef'] }])
})
