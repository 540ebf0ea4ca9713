import { beforeAll, expect, test } from 'vitest'
import { findOverlap } from '../../src/kernel/blocks.ts'
import { buildAutomaton } from '../../src/kernel/build-automaton.ts'
import { encodeKernelImage, tablesOfImage } from '../../src/kernel/kernel-image.ts'
import { tablesOfAutomaton } from '../../src/kernel/tables-of-automaton.ts'
import { createKernelOn, createWasmKernel } from '../../src/kernel/wasm-kernel.ts'
import { instantiate } from '../../src/kernel/wasm-memory.ts'
import { buildWasm } from '../support/build-wasm.ts'

let module: WebAssembly.Module

beforeAll(async () => {
  module = new WebAssembly.Module(await buildWasm())
})

test('a kernel from an image of its memory finds what the one finds that the image is of', () => {
  const automaton = buildAutomaton(
    ['key', 'secret', 'token', 'pass', 'word', 'éa', 'ke'],
    [3, 2, 3, 4, 1, 2, 2],
  )
  const filter = {
    literals: [{ inName: 'part' as const }, undefined, { leads: [] }],
    sets: new Uint8Array(32),
    kinds: new Uint8Array(256).fill(1),
    surprises: new Uint8Array(729).fill(9),
  }
  const tables = tablesOfAutomaton(automaton, filter, findOverlap(automaton))
  const image = encodeKernelImage(instantiate(tables, module, 0), tables.layout)
  const read = (target: Uint8Array, position: number) =>
    target.set(image.subarray(position, position + target.length))
  const restored = createKernelOn(tablesOfImage(image, read), module)
  const made = createWasmKernel(automaton, module, { filter })
  for (const size of [0, 1, 100, 5000, 300_000]) {
    const text = Buffer.from('KEY=secret token: "passWORD" x '.repeat(size / 30 + 1).slice(0, size))
    const hitsOf = ({ search }: typeof made) => {
      const { count, starts, literals } = search(text, text.length)
      return [...starts.subarray(0, count)].map((start, i) => [start, literals[i]])
    }
    expect(hitsOf(restored)).toEqual(hitsOf(made))
    if (size >= 100) expect(hitsOf(made).length).toBeGreaterThan(5)
  }
})

test('an image of another version is refused', () => {
  expect(() => tablesOfImage(new Uint8Array(100), () => {})).toThrow('not in the format of this version')
})
