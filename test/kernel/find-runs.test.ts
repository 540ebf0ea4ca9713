import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { buildKernel } from '../../scripts/build-kernel.ts'
import { mostBlockBytes } from '../../src/kernel/blocks.ts'
import { buildAutomaton } from '../../src/kernel/build-automaton.ts'
import { createJsKernel } from '../../src/kernel/js-kernel.ts'
import { compileKernel, loadKernel } from '../../src/kernel/load-kernel.ts'
import { shortestRun } from '../../src/kernel/run-list.ts'
import type { Kernel } from '../../src/kernel/types.ts'

const automaton = buildAutomaton(['needle'])
const kernels: Kernel[] = [createJsKernel(automaton)]

beforeAll(async () => {
  const wasm = await buildKernel(join(tmpdir(), `stanch-kernel-${process.pid}`))
  kernels.push(loadKernel(automaton, compileKernel(readFileSync(wasm))))
  expect(kernels.map(({ name }) => name)).toEqual(['js', 'wasm'])
})

const piece = fc.oneof(
  fc.constantFrom('abc', 'A1+/-_z', ' ', '\n', '=', '.', '@', '`', '{', '^', '\x00', '\x7f', '\xff'),
  fc.integer({ min: 1, max: 150 }).map(length => 'x'.repeat(length)),
)
const texts = fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(''))

test('every kernel finds the runs that a regex finds', () => {
  fc.assert(
    fc.property(texts, text => {
      for (const kernel of kernels) expect(runsOf(kernel, text)).toEqual(regexRuns(text))
    }),
  )
})

test('every byte is in a run or not as a regex says', () => {
  const text = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte).repeat(70)).join('')
  for (const kernel of kernels) expect(runsOf(kernel, text)).toEqual(regexRuns(text))
})

test('a run goes on from one block to the next', () => {
  const text = ['.', 'y'.repeat(mostBlockBytes + 100), ' ', 'z'.repeat(3 * mostBlockBytes - 150), ' q'].join(
    '',
  )
  for (const kernel of kernels) expect(runsOf(kernel, text)).toEqual(regexRuns(text))
})

test('runs are found in the memory of the kernel, and elsewhere', () => {
  for (const kernel of kernels) {
    const text = Buffer.from('one aaaaaaaaaaaaaaaaaaaaaaaa needle')
    const input = kernel.input(text.length)
    input.set(text)
    expect(kernel.search(input, text.length).count).toBe(1)
    const { count, starts, ends } = kernel.findRuns(input, text.length)
    expect([count, starts[0], ends[0]]).toEqual([1, 4, 28])
  }
})

function runsOf(kernel: Kernel, text: string): number[][] {
  const bytes = Buffer.from(text, 'latin1')
  const { count, starts, ends } = kernel.findRuns(bytes, bytes.length)
  return Array.from({ length: count }, (_, i) => [starts[i] ?? -1, ends[i] ?? -1])
}

function regexRuns(text: string): number[][] {
  return [...text.matchAll(/[\w+/-]+/g)]
    .map(({ 0: run, index }) => [index, index + run.length])
    .filter(([start = 0, end = 0]) => end - start >= shortestRun)
}
