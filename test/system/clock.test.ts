import { expect, test } from 'vitest'
import { createProcessorClock } from '../../src/system/clock.ts'

test('the clock of the processor goes with the wall for a moment, then with what the processor did', () => {
  let wall = 1000
  let processor = 300
  let asked = 0
  const clock = createProcessorClock(
    () => wall,
    () => {
      asked++
      return processor
    },
  )
  const after = (wallMs: number, processorMs: number) => {
    wall += wallMs
    processor += processorMs
    return clock()
  }
  expect(after(0.5, 0.5)).toBe(0.5)
  expect(after(1, 0.25)).toBe(1.5)
  expect(asked).toBe(0)
  // All that went before counts as 2, whatever it was.
  expect(after(500, 3)).toBe(2)
  expect(after(1.5, 0)).toBe(3.5)
  // Asleep for ten seconds.
  expect(after(10_000, 2)).toBe(4)
  expect(after(4000, 4000)).toBe(4004)
  expect(asked).toBe(3)
})
