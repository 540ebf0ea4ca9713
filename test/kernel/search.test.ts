import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { mostBlockBytes } from '../../src/kernel/blocks.ts'
import { buildAutomaton } from '../../src/kernel/build-automaton.ts'
import { decodeAutomaton, encodeAutomaton } from '../../src/kernel/encode-automaton.ts'
import { createJsKernel } from '../../src/kernel/js-kernel.ts'
import type { Automaton, Hits, Kernel, KernelOptions } from '../../src/kernel/types.ts'
import { createWasmKernel } from '../../src/kernel/wasm-kernel.ts'
import { buildWasm } from '../support/build-wasm.ts'
import { naiveSearch } from '../support/naive-search.ts'

let module: WebAssembly.Module

beforeAll(async () => {
  module = new WebAssembly.Module(await buildWasm())
})

const alphabet = fc.constantFrom(
  'a',
  'b',
  'A',
  'B',
  'ab',
  '.',
  ' ',
  '\x00',
  '\xff',
  '\xe4',
  '@',
  '[',
  '`',
  '{',
)
const literalLists = fc
  .array(
    fc
      .array(alphabet, { minLength: 1, maxLength: 6 })
      .map(pieces => pieces.join('').replace(/[A-Z]/g, c => c.toLowerCase())),
    { minLength: 1, maxLength: 12 },
  )
  .map(literals => [...new Set(literals)])
const texts = fc.oneof(
  fc.array(alphabet, { maxLength: 200 }).map(pieces => pieces.join('')),
  fc
    .tuple(fc.array(alphabet, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 1500 }))
    .map(([unit, times]) => unit.join('').repeat(times)),
)

test('every kernel, in one stream or eight, finds what a naive search finds', () => {
  fc.assert(
    fc.property(literalLists, texts, (literals, text) => {
      const expected = naiveSearch(Buffer.from(text, 'latin1'), literals)
      for (const kernel of kernelsFor(literals)) expect(search(kernel, text)).toEqual(expected)
    }),
    { numRuns: 30 },
  )
})

test('a literal of two letters that begins with a capital is found where its capital stands', () => {
  fc.assert(
    fc.property(literalLists, texts, fc.array(fc.boolean(), { minLength: 12 }), (others, text, capitals) => {
      const literals = [...new Set(['ab', 'ba', ...others])]
      const isCapital = (id: number) => /^[a-z].$/s.test(literals[id] ?? '') && capitals[id] === true
      const expected = naiveSearch(Buffer.from(text, 'latin1'), literals).filter(
        ([start, id]) => !isCapital(id) || !/[a-z]/.test(text.charAt(start)),
      )
      const kernel = createJsKernel(buildAutomaton(literals, undefined, isCapital))
      expect(search(kernel, text)).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})

test('literals that overlap, hold each other or begin together are all found', () => {
  const literals = ['aba', 'ab', 'b', 'bab', 'abab', 'babab', 'aa', 'aaa', 'aaaa']
  for (const text of ['abababab', 'aaaaaaaa', 'ABaBAB', 'aabaaba', 'b']) {
    const expected = naiveSearch(Buffer.from(text), literals)
    for (const kernel of kernelsFor(literals)) expect(search(kernel, text)).toEqual(expected)
  }
})

test('a literal is found across the border of two streams and of two blocks', () => {
  const literal = 'needle'
  const sizes = [64, 1000, mostBlockBytes, 2 * mostBlockBytes + 77]
  for (const size of sizes) {
    for (const kernel of kernelsFor([literal], { interleaveFrom: 1 })) {
      for (let border = 0; border <= 8; border++) {
        for (const shift of [-6, -3, -1, 0, 1]) {
          const at = Math.floor((size * border) / 8) + shift
          if (at < 0 || at + literal.length > size) continue
          const text = Buffer.alloc(size, '.')
          text.write(literal, at)
          expect(search(kernel, text.toString('latin1'))).toEqual([[at, 0]])
        }
      }
    }
  }
})

test('nothing is found in what input holds from before, nor behind the length', () => {
  for (const kernel of kernelsFor(['needle'])) {
    const input = kernel.input(100)
    input.set(Buffer.from('needle needle'))
    expect(listHits(kernel.search(input, 13)).length).toBe(2)
    expect(listHits(kernel.search(kernel.input(100), 9))).toEqual([[0, 0]])
    expect(listHits(kernel.search(input, 0))).toEqual([])
  }
})

test('bytes from elsewhere are searched without touching those in the input', () => {
  for (const kernel of kernelsFor(['needle'])) {
    const input = kernel.input(6)
    input.set(Buffer.from('needle'))
    expect(listHits(kernel.search(Buffer.from('a needle'), 8))).toEqual([[2, 0]])
    expect(Buffer.from(input).toString()).toBe('needle')
  }
})

test('an input larger than the memory gets more of it', () => {
  for (const kernel of kernelsFor(['needle'], {})) {
    const size = 40 * 1024 * 1024
    const input = kernel.input(size)
    input.set(Buffer.from('needle'), size - 6)
    expect(listHits(kernel.search(input, size))).toEqual([[size - 6, 0]])
  }
})

test('a key at the end of the text, or with another rest, is no hit', () => {
  for (const kernel of kernelsFor(['needle'], { interleaveFrom: 1_000_000 })) {
    for (const text of ['nee', 'needl', 'needless', 'x NEEdLE', 'neebla'])
      expect(search(kernel, text)).toEqual(naiveSearch(Buffer.from(text), ['needle']))
  }
})

test('a block full of hits loses none', () => {
  const literals = ['a', 'aa', 'aaa', 'aaaa', 'aaaaa', 'aaaaaa', 'aaaaaaa', 'aaaaaaaa']
  const length = mostBlockBytes + 100
  for (const kernel of kernelsFor(literals)) {
    const { count } = kernel.search(Buffer.alloc(length, 'A'), length)
    expect(count).toBe(literals.length * length - (1 + 2 + 3 + 4 + 5 + 6 + 7))
  }
})

test('literals whose key is empty are not found, and keep nobody from finding the others', () => {
  const automaton = buildAutomaton(['ab', 'b', 'abc'], [1, 0, 2])
  for (const kernel of [createJsKernel(automaton), createWasmKernel(automaton, module)])
    expect(search(kernel, 'bab abc b')).toEqual([
      [1, 0],
      [4, 0],
      [4, 2],
    ])
})

test('tables that were written and read again search as before', () => {
  fc.assert(
    fc.property(literalLists, texts, (literals, text) => {
      const automaton = decodeAutomaton(
        encodeAutomaton(
          buildAutomaton(
            literals,
            literals.map(() => 1),
          ),
        ),
      )
      expect(search(createJsKernel(automaton), text)).toEqual(
        naiveSearch(Buffer.from(text, 'latin1'), literals),
      )
    }),
    { numRuns: 20 },
  )
})

test.each([
  ['an empty file', new Uint8Array(0)],
  ['another file', Buffer.from('no table at all'.repeat(30))],
  ['a file that is cut off', encodeAutomaton(buildAutomaton(['needle'])).subarray(0, -4)],
])('tables are refused in %s', (_title, bytes) => {
  expect(() => decodeAutomaton(bytes)).toThrow(/search tables cannot be read/)
})

test('a literal that is empty, given twice or no bytes is refused', () => {
  expect(() => buildAutomaton(['a', ''])).toThrow(/literal is empty/)
  expect(() => buildAutomaton(['abc', 'ABC'])).toThrow(/are the same/)
  expect(() => buildAutomaton(['€'])).toThrow(/not one byte/)
})

test('bytes shorter than the length are refused', () => {
  for (const kernel of kernelsFor(['a']))
    expect(() => kernel.search(new Uint8Array(3), 4)).toThrow(RangeError)
})

/** Also with keys that are only the beginnings of the literals. */
function kernelsFor(literals: readonly string[], options?: KernelOptions): Kernel[] {
  const halves = literals.map(literal => Math.ceil(literal.length / 2))
  const automata: Automaton[] = [buildAutomaton(literals), buildAutomaton(literals, halves)]
  const variants = options ? [options] : [{ interleaveFrom: 1 }, { interleaveFrom: 1_000_000 }]
  return automata.flatMap(automaton =>
    variants.flatMap(variant => [
      createJsKernel(automaton, variant),
      createWasmKernel(automaton, module, variant),
    ]),
  )
}

function search(kernel: Kernel, text: string): [number, number][] {
  const bytes = Buffer.from(text, 'latin1')
  const elsewhere = listHits(kernel.search(bytes, bytes.length))
  const input = kernel.input(bytes.length)
  input.set(bytes)
  expect(listHits(kernel.search(input, bytes.length))).toEqual(elsewhere)
  return elsewhere
}

function listHits({ count, starts, literals }: Hits): [number, number][] {
  return Array.from({ length: count }, (_, i) => [starts[i]!, literals[i]!])
}
