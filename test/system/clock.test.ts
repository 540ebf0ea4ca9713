import { expect, test } from 'vitest'
import { createProcessorClock } from '../../src/system/clock.ts'

test('the clock of the processor counts moments as they pass, and of more only what the processor did', () => {
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
  expect(after(1.5, 0)).toBe(3)
  expect(asked).toBe(0)
  // Of what went before at most 2 count.
  expect(after(500, 400)).toBe(5)
  // Asleep for ten seconds.
  expect(after(10_000, 2)).toBe(7)
  expect(after(4000, 4000)).toBe(4007)
  // Moments that others had count until the processor has caught up.
  expect(after(1, 0)).toBe(4008)
  expect(after(1, 0)).toBe(4009)
  expect(after(3, 1)).toBe(4009)
  expect(after(3, 3)).toBe(4011)
  expect(asked).toBe(5)
})
