import { expect, test } from 'vitest'
import { describeDeath } from '../../src/commands/scan/describe-death.ts'

test('of an error its kind is told and where it was thrown, never its message, which may quote what is scanned', () => {
  const error = new RangeError('bad text: hunter2')
  error.stack =
    'RangeError: bad text: hunter2\nhunter2\n    at decode (chunk.js:1:2)\n    at scan (chunk.js:3:4)'
  expect(describeDeath(error)).toBe('a thread died of RangeError, its work is done again')
  expect(describeDeath(error, true)).toBe(
    'a thread died of RangeError, its work is done again\n    at decode (chunk.js:1:2)\n    at scan (chunk.js:3:4)',
  )
})

test('an error with a code goes by it, and what is no error by its type', () => {
  const outOfMemory = Object.assign(new Error('limit'), { code: 'ERR_WORKER_OUT_OF_MEMORY' })
  expect(describeDeath(outOfMemory)).toBe('a thread died of ERR_WORKER_OUT_OF_MEMORY, its work is done again')
  expect(describeDeath('hunter2', true)).toBe('a thread died of string, its work is done again')
})
