import { expect, test } from 'vitest'
import { readDumps } from '../../src/commands/env/facts/read-dumps.ts'
import { makeDirectory } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const token = makeToken(1)
const values = new Map([['digest', token]])
const find = (files: Record<string, Buffer | string>) =>
  readDumps(makeDirectory(files), Object.keys(files), values, () => 'TOKEN').map(({ path }) => path)

test('a value in a memory dump is found, also where two pieces of it meet', () => {
  const piece = 16 * 1024 ** 2
  for (const at of [0, piece - 10, piece, piece + 5]) {
    const dump = Buffer.alloc(2 * piece)
    dump.write(token, at)
    expect(find({ 'core.12': dump })).toEqual(['core.12'])
  }
})

test('files of other names, and dumps without a value in use, are passed by', () => {
  expect(find({ 'notes.bin': token, core: 'nothing', 'a.hprof': '' })).toEqual([])
})

test('dumps are known by the names that kernels, runtimes and package managers give them', () => {
  const names = [
    'core',
    'core.1',
    'a.dmp',
    'java.hprof',
    'Heap.1.heapsnapshot',
    'hs_err_pid7.log',
    'npm-debug.log',
  ]
  expect(find(Object.fromEntries(names.map(name => [name, `x${token}y`])))).toEqual(names)
})
