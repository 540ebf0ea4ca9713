import { constants, deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyDelta } from '../../src/git/apply-delta.ts'
import { loadGitCore } from '../support/git-core.ts'

const core = await loadGitCore()
const { wasm, bytes, words } = core
const input = core.reserve(4 * 1024 * 1024)
const output = core.reserve(8 * 1024 * 1024)
const base = core.reserve(1024 * 1024)
const changesAt = core.reserve(1024 * 1024)

function inflate(compressed: Uint8Array, size: number): Buffer | undefined {
  bytes.set(compressed, input)
  const code = wasm.inflate(input, input + compressed.length, output, size)
  return code === 0 ? Buffer.from(bytes.slice(output, output + size)) : undefined
}

const text = fc.array(fc.constantFrom('the ', 'quick ', '\n', '0123456789', 'x', 'größe', '\0'), {
  maxLength: 3000,
})
const content = fc.oneof(
  fc.uint8Array({ maxLength: 5000 }),
  text.map(words => Buffer.from(words.join(''))),
  fc
    .tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(3000))
    .map(([part, times]) => Buffer.concat(Array(times).fill(part))),
)
const options = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
    constants.Z_FILTERED,
  ),
  memLevel: fc.integer({ min: 1, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
})

test('inflates what zlib deflates, by any level and strategy', () => {
  fc.assert(
    fc.property(content, options, (data, settings) => {
      expect(inflate(deflateSync(data, settings), data.length)?.equals(data)).toBe(true)
    }),
    { numRuns: 400 },
  )
})

test('refuses a stream that is cut off, of another size or damaged', () => {
  fc.assert(
    fc.property(content, options, fc.nat(), fc.nat(254), (data, settings, place, flip) => {
      const whole = deflateSync(data, settings)
      const at = place % whole.length
      expect(inflate(whole.subarray(0, at), data.length)).toBeUndefined()
      expect(inflate(whole, data.length + 1)).toBeUndefined()
      if (data.length) expect(inflate(whole, data.length - 1)).toBeUndefined()
      const damaged = Buffer.from(whole)
      damaged[at]! ^= flip + 1
      const expected = inflateOrNothing(damaged, data.length)
      const own = inflate(damaged, data.length)
      if (expected) expect(own?.equals(expected)).toBe(true)
      // zlib also refuses distances beyond the window that the header announces; the bytes are the right ones all the same.
      else if (own) expect(own.equals(data)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

function inflateOrNothing(compressed: Buffer, size: number): Buffer | undefined {
  try {
    const data = inflateSync(compressed)
    return data.length === size ? data : undefined
  } catch {
    return undefined
  }
}

test('survives noise', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(3000), (noise, size) => {
      inflate(Buffer.concat([Buffer.from([0x78, 0x9c]), noise]), size)
    }),
    { numRuns: 2000 },
  )
})

interface Step {
  copy?: { from: number; length: number }
  insert?: Uint8Array
}

const steps = fc.array(
  fc.oneof(
    fc.record({ copy: fc.record({ from: fc.nat(2000), length: fc.integer({ min: 1, max: 700 }) }) }),
    fc.record({ insert: fc.uint8Array({ minLength: 1, maxLength: 127 }) }),
  ),
  { maxLength: 30 },
)

test('applies a delta as the plain reader does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 3000, maxLength: 3000 }), steps, (original, script) => {
      const delta = writeDelta(original.length, script)
      const expected = applyDelta(original, delta)
      expect(applyWithCore(original, delta)?.result.equals(expected)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('what lies between two changes lies side by side in the base as well', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 3000, maxLength: 3000 }), steps, (original, script) => {
      const applied = applyWithCore(original, writeDelta(original.length, script))
      if (!applied) throw new Error('a delta that cannot be applied')
      const { result, changes } = applied
      let from = 0
      for (const [start, end] of [...changes, [result.length, result.length] as const]) {
        const piece = result.subarray(from, start)
        const isFirst = from === 0 && (changes[0]?.[0] ?? 1) > 0
        const isLast = start === result.length && (changes.at(-1)?.[1] ?? 0) < result.length
        const at = Buffer.from(original).indexOf(piece)
        expect(at).toBeGreaterThanOrEqual(0)
        if (isFirst && piece.length)
          expect(result.subarray(0, start).equals(original.subarray(0, start))).toBe(true)
        if (isLast && piece.length)
          expect(piece.equals(original.subarray(original.length - piece.length))).toBe(true)
        from = end
      }
    }),
    { numRuns: 300 },
  )
})

test('refuses a delta for another base, one that reaches out of it and one that is cut off', () => {
  const original = Buffer.alloc(100, 'x')
  const good = writeDelta(100, [{ copy: { from: 10, length: 50 } }, { insert: Buffer.from('abc') }])
  expect(applyWithCore(original, good)?.changes).toEqual([
    [0, 0],
    [50, 53],
  ])
  expect(applyWithCore(Buffer.alloc(99), good)).toBeUndefined()
  expect(applyWithCore(original, writeDelta(100, [{ copy: { from: 60, length: 50 } }]))).toBeUndefined()
  for (let length = 0; length < good.length; length++) {
    expect(applyWithCore(original, good.subarray(0, length)), `${length} bytes`).toBeUndefined()
  }
})

function applyWithCore(original: Uint8Array, delta: Uint8Array) {
  bytes.set(original, base)
  bytes.set(delta, input)
  const end = input + delta.length
  const size = wasm.resultSize(input, end, original.length) >>> 0
  if (size === 0xffffffff) return undefined
  const count = wasm.applyDelta(end, base, original.length, output, size, changesAt)
  if (count < 0) return undefined
  const changes = Array.from(
    { length: count },
    (_, i) => [words[changesAt / 4 + 2 * i]!, words[changesAt / 4 + 2 * i + 1]!] as const,
  )
  return { result: Buffer.from(bytes.slice(output, output + size)), changes }
}

function writeDelta(baseSize: number, script: readonly Step[]): Buffer {
  const size = script.reduce((sum, { copy, insert }) => sum + (copy?.length ?? insert?.length ?? 0), 0)
  return Buffer.from([...writeSize(baseSize), ...writeSize(size), ...script.flatMap(writeStep)])
}

function writeSize(size: number): number[] {
  return size < 128 ? [size] : [(size & 127) | 128, ...writeSize(size >> 7)]
}

function writeStep({ copy, insert }: Step): number[] {
  if (insert) return [insert.length, ...insert]
  const { from, length } = copy ?? { from: 0, length: 1 }
  return [0b1011_0011, from & 255, from >> 8, length & 255, length >> 8]
}
