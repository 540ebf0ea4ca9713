import fc from 'fast-check'
import { expect, test } from 'vitest'
import { headOf, readLines } from '../../src/incident/journal/hash-chain.ts'
import { done, writeJournal } from '../support/sample-incident.ts'

const text = writeJournal({}, [
  done('open', 1, 'ada found it'),
  done('snapshot', 2),
  { type: 'waived', step: 'strategy', reason: 'none to choose' },
])
const lines = text.split('\n').filter(Boolean)

test('a journal is read as it was written', () => {
  expect(readLines('journal', text).map(({ seq, type }) => `${seq} ${type}`)).toEqual([
    '1 opened',
    '2 done',
    '3 done',
    '4 waived',
  ])
})

test('no byte can be changed unnoticed', () => {
  const bytes = Buffer.from(text)
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
      // Line ends can be doubled: empty lines say nothing.
      fc.pre(bytes[at] !== 10 && (bytes[at]! ^ by) !== 10)
      const changed = Buffer.from(bytes)
      changed[at]! ^= by
      expect(() => readLines('journal', changed.toString('utf8'))).toThrow(
        /^journal cannot be trusted: line \d/,
      )
    }),
  )
})

test.each([
  ['taken out', [0, 2, 3], 'journal cannot be trusted: line 2 was changed, moved or put in'],
  ['moved', [0, 2, 1, 3], 'journal cannot be trusted: line 2 was changed, moved or put in'],
  ['doubled', [0, 1, 1, 2, 3], 'journal cannot be trusted: line 3 was changed, moved or put in'],
  ['cut off', [0, 1], 'journal cannot be trusted: it has 2 entries and had 4: the end is gone'],
])('a line that was %s is noticed', (_what, order, message) => {
  const changed = order.map(i => `${lines[i]}\n`).join('')
  expect(() => readLines('journal', changed, headOf(readLines('journal', text)))).toThrow(message)
})

test('a journal that was written anew is noticed by the hash that was kept', () => {
  const other = writeJournal({}, [done('open', 1, 'bob found it'), done('snapshot', 2), done('strategy', 3)])
  expect(() => readLines('journal', other, headOf(readLines('journal', text)))).toThrow('it was written anew')
})
