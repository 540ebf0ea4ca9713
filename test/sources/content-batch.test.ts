import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Content, Origin } from '../../src/model.ts'
import { BatchWriter, readBatch } from '../../src/sources/image/content-batch.ts'

const origin: Origin = { kind: 'layer', image: '', layer: '', diffId: '', path: '', deletedLater: false }

const contents = fc.array(
  fc.record({
    file: fc.nat(),
    path: fc.string({ unit: 'binary', maxLength: 40 }),
    bytes: fc.uint8Array({ maxLength: 200 }),
    firstLine: fc.option(fc.nat(), { nil: undefined }),
  }),
)

test('contents come out of a batch as they went into it, as many as fit', () => {
  fc.assert(
    fc.property(contents, fc.integer({ min: 400, max: 8000 }), (given, size) => {
      const memory = new Uint8Array(size)
      const writer = new BatchWriter(memory, 3)
      const added = given.filter(({ file, firstLine, ...rest }) => {
        const content: Content = { ...rest, origin, ...(firstLine === undefined ? {} : { firstLine }) }
        if (!writer.fits(content)) return false
        writer.add(content, file)
        return true
      })
      const length = writer.finish()
      expect(length).toBeLessThanOrEqual(size)
      expect(readBatch(memory.subarray(0, length))).toEqual({
        layer: 3,
        contents: added.map(({ file, firstLine, path, bytes }) => ({
          file,
          content: { path, bytes, ...(firstLine === undefined ? {} : { firstLine }) },
        })),
      })
    }),
  )
})

test('a part of a file keeps its lines, its encoding and what of it is reported', () => {
  const memory = new Uint8Array(2000)
  const writer = new BatchWriter(memory, 0)
  const part = {
    path: 'a',
    bytes: Uint8Array.of(1, 2),
    firstLine: 7,
    firstColumn: 3,
    reported: { from: 1, to: 2 },
    encoding: 'utf-16le' as const,
  }
  writer.add({ ...part, origin }, 5)
  expect(readBatch(memory.subarray(0, writer.finish()))).toEqual({
    layer: 0,
    contents: [{ file: 5, content: part }],
  })
})
