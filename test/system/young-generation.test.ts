import { getHeapSpaceStatistics } from 'node:v8'
import { expect, onTestFinished, test } from 'vitest'
import { letYoungGenerationGrow } from '../../src/system/young-generation.ts'

test('the young generation grows with what survives only where it may', () => {
  onTestFinished(() => letYoungGenerationGrow(true))
  letYoungGenerationGrow(false)
  const before = measure()
  keepMuch()
  const held = measure()
  expect(held).toBeLessThanOrEqual(before)
  if (held >= LARGEST) return
  letYoungGenerationGrow(true)
  keepMuch()
  expect(measure()).toBeGreaterThan(held)
})

/** What V8 lets it grow to, in bytes. */
const LARGEST = 32 * 1024 * 1024

function measure(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0
}

function keepMuch(): void {
  const kept = Array.from({ length: 1_000_000 }, (_, i) => ({ i }))
  expect(kept.length).toBe(1_000_000)
}
