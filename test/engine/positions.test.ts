import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Positions } from '../../src/engine/positions.ts'

test('columns count UTF-16 code units and the end is exclusive', () => {
  const text = 'a\n  ключ = 😀 value\n'
  const bytes = Buffer.from(text)
  const start = bytes.indexOf('value')
  expect(new Positions(bytes).spanOf(start, start + 5)).toEqual({
    line: 2,
    column: 13,
    endLine: 2,
    endColumn: 18,
  })
})

test('any order of questions gives the answers of a plain count', () => {
  const texts = fc
    .array(fc.constantFrom('a', '\n', 'é', '😀', '\r\n', 'xyz'), { maxLength: 60 })
    .map(parts => parts.join(''))
  fc.assert(
    fc.property(texts, fc.array(fc.nat(80)), (text, raw) => {
      const bytes = Buffer.from(text)
      const positions = new Positions(bytes)
      const characterStarts = [...text].reduce<number[]>(
        (starts, c) => [...starts, (starts.at(-1) ?? 0) + Buffer.byteLength(c)],
        [0],
      )
      for (const pick of raw) {
        const offset = characterStarts[pick % characterStarts.length] ?? 0
        const { line, column } = positions.spanOf(offset, offset)
        const before = bytes.toString('utf8', 0, offset)
        expect([line, column]).toEqual([
          before.split('\n').length,
          (before.split('\n').at(-1)?.length ?? 0) + 1,
        ])
      }
    }),
  )
})

test('a part of a large file goes on where the part before ended', () => {
  const bytes = Buffer.from('tail\nkey value')
  expect(new Positions(bytes, 7, 41).spanOf(0, 4)).toEqual({ line: 7, column: 41, endLine: 7, endColumn: 45 })
  expect(new Positions(bytes, 7, 41).spanOf(9, 14)).toEqual({ line: 8, column: 5, endLine: 8, endColumn: 10 })
})
