import { expect, test } from 'vitest'
import { countSteps, parsePattern } from '../../src/regex/index.ts'

test('where counting would itself take long, as for rounds within rounds, the bound is taken for endless', () => {
  const inner = '[^{}]|\\{[^{}]*\\}'
  const braces = `(?:[^{}]|\\{(?:${inner})*\\})*`
  expect(countSteps(parsePattern(`\\{${braces}"url"${braces}\\}`, 're2'))).toBeGreaterThanOrEqual(1e15)
})
