import { expect, test } from 'vitest'
import { runWithin } from '../../src/system/run-within.ts'

test('what ends in time has run', () => {
  const seen: number[] = []
  expect(runWithin(1000, () => void seen.push(1))).toBe(true)
  expect(seen).toEqual([1])
})

test('what never ends is stopped, and the next runs', () => {
  const endless = () => {
    for (;;);
  }
  expect(runWithin(20, endless)).toBe(false)
  expect(runWithin(1000, () => {})).toBe(true)
})

test('an error of its own stays what it is', () => {
  const failure = new RangeError('no')
  const failing = () => {
    throw failure
  }
  expect(() => runWithin(1000, failing)).toThrow(failure)
})
