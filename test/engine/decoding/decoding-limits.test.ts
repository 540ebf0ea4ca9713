import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SkipReason } from '../../../src/model.ts'
import { describeMatches, scanShop, shopKey } from '../../support/shop-scanner.ts'

const line = `key = ${shopKey}\n`

function base64(text: string | Buffer, times = 1): string {
  const once = Buffer.from(text).toString('base64')
  return times === 1 ? once : base64(once, times - 1)
}

/** What was found, and what was reported as left out. */
function scan(text: string, depth = 5, bytes = 1024 * 1024) {
  const skipped: SkipReason[] = []
  const options = { decoding: { depth, bytes }, skipped: (reason: SkipReason) => skipped.push(reason) }
  return { found: scanShop(text, options).length, skipped }
}

test('five layers are decoded, and a sixth is reported as left out', () => {
  expect(scan(base64(line, 5))).toEqual({ found: 1, skipped: [] })
  expect(scan(base64(line, 6))).toEqual({ found: 0, skipped: ['decode-limit'] })
})

test('the depth is a choice, and 0 is no loss', () => {
  expect(scan(base64(line, 2), 1)).toEqual({ found: 0, skipped: ['decode-limit'] })
  expect(scan(base64(line), 0)).toEqual({ found: 0, skipped: [] })
})

test('a bomb is not unpacked, and the rest is read', () => {
  const bomb = base64(gzipSync(Buffer.alloc(64 * 1024 * 1024)))
  expect(scan(`${bomb}\n${base64(line)}`)).toEqual({ found: 1, skipped: ['decode-limit'] })
})

test('a cut gzip stream is read as far as it goes', () => {
  const noise = createHash('shake256', { outputLength: 4000 }).update('noise').digest()
  const cut = gzipSync(Buffer.concat([Buffer.from(line), noise])).subarray(0, -500)
  expect(scan(base64(cut))).toEqual({ found: 1, skipped: [] })
})

test('escapes within escapes end with the depth or the budget', () => {
  const text = '%2525252541\\\\u0041&amp;amp;amp;#37;'.repeat(20_000)
  const started = performance.now()
  expect(scan(text, 2).skipped).toEqual(['decode-limit'])
  expect(scan(`%${'25'.repeat(20_000)}41`, 20_000, 1000).skipped).toEqual(['decode-limit'])
  expect(performance.now() - started).toBeLessThan(4000)
})

test('what stands there in plain text is not reported again decoded', () => {
  const text = `{"a":"x\\n${shopKey}","b":"shop_password=\\"hunter-27-hunter\\""}`
  expect(describeMatches(scanShop(text))).toEqual(['1:10-1:31 backslash', '1:54-1:70'])
})

test('an encoded value that is a match itself gives way to the token in it', () => {
  const value = base64(line)
  expect(describeMatches(scanShop(`shop_password: ${value}\n`))).toEqual(['1:16-1:54 base64'])
})

test('an encoded value that is a match itself stays when no better one is in it', () => {
  const value = encodeURIComponent('correct@horse battery')
  expect(describeMatches(scanShop(`shop_password=${value}\n`))).toEqual(['1:15-1:40'])
})

test('two secrets in one encoded value are two matches at one place', () => {
  const value = base64(`a=${shopKey}\nb=${shopKey.replace('q8', 'Q9')}\n`)
  expect(describeMatches(scanShop(`x: ${value}`))).toEqual(['1:4-1:68 base64', '1:4-1:68 base64'])
})

test('nothing is found across the border of two decoded values', () => {
  const [first, second] = [shopKey.slice(0, 12), shopKey.slice(12)]
  const text = `${base64(`${'x'.repeat(20)} ${first}`)} ${base64(`${second} ${'x'.repeat(20)}`)}`
  expect(scanShop(text)).toEqual([])
})

test('in a part of a large file only what begins in the part is reported', () => {
  const bytes = Buffer.from(`${base64(line)}\n${base64(line)}`)
  const scanned = scanShop(bytes).map(({ start }) => start)
  expect(scanned).toEqual([0, 41])
})

const token = fc.constantFrom(
  ...['%', '\\', '&#', '=', '=\n', '\\u', '%u', '"', '\n', 'AAAA', 'eyJ', 'H4sI', 'eJw', '\0', '\ud800'],
  base64(line),
  base64(gzipSync(line)),
  Buffer.from(line).toString('hex'),
  encodeURIComponent(line),
  line,
)

test('any text is scanned, and its places lie in it', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(token, fc.string()), { maxLength: 25 }), parts => {
      const bytes = Buffer.from(parts.join(''))
      for (const { start, end } of scanShop(bytes)) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(bytes.length)
      }
    }),
    { numRuns: 300 },
  )
})

test('any bytes are scanned', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), bytes => scanShop(bytes).length >= 0))
})
