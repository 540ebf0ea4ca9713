import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Part, splitIntoParts } from '../../src/sources/split-into-parts.ts'
import { encodeText } from '../support/encode-text.ts'
import { scanShop, shopKey } from '../support/shop-scanner.ts'

const sizes = { part: 4096, before: 512, after: 256 }

async function collectParts(chunks: AsyncIterable<Uint8Array>): Promise<Part[]> {
  const parts: Part[] = []
  for await (const part of splitIntoParts(chunks, sizes))
    parts.push({ ...part, bytes: Buffer.from(part.bytes) })
  return parts
}

async function* cut(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** `line:column` of every key that a scan of the parts reports. */
function findKeys(parts: readonly Part[]): string[] {
  return parts
    .flatMap(part => scanShop(part.bytes, {}, 'a.txt', part))
    .map(({ span }) => `${span.line}:${span.column}`)
}

test('a small text is one part, and nothing is none', async () => {
  const bytes = Buffer.from('x'.repeat(sizes.part + sizes.after))
  expect(await collectParts(cut(bytes, 100))).toEqual([{ bytes }])
  expect(await collectParts(cut(Buffer.alloc(0), 1))).toEqual([])
})

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom('\n', 'é', '漢字 ', '😀', 'word '),
    fc.integer({ min: 1, max: 900 }).map(length => ' '.repeat(length)),
    fc.constant(` ${shopKey} `),
  ),
  { minLength: 1, maxLength: 200 },
)

test.each(['utf-8', 'utf-16le', 'utf-16be'] as const)(
  'in parts of %s every secret is found once, at the place that it has in the whole',
  async encoding => {
    await fc.assert(
      fc.asyncProperty(pieces, fc.integer({ min: 1, max: 5000 }), async (texts, size) => {
        const text = texts.join('')
        const bytes = encoding === 'utf-8' ? Buffer.from(text) : encodeText(text, encoding, true)
        expect(findKeys(await collectParts(cut(bytes, size)))).toEqual(findKeys([{ bytes }]))
      }),
      { numRuns: 60 },
    )
  },
)

test('when the stream fails, what came before is a part, and then comes the error', async () => {
  const failure = new Error('no more')
  async function* failing() {
    yield Buffer.from('one ')
    yield Buffer.from('two')
    throw failure
  }
  const parts: string[] = []
  await expect(
    (async () => {
      for await (const { bytes } of splitIntoParts(failing(), sizes))
        parts.push(Buffer.from(bytes).toString())
    })(),
  ).rejects.toBe(failure)
  expect(parts).toEqual(['one two'])
})
