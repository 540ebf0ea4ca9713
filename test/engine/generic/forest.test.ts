import { expect, test } from 'vitest'
import { explain, type Forest } from '../../../src/engine/generic/forest.ts'
import { packForest, probabilityOf } from '../../../src/engine/generic/packed-forest.ts'

/** One question after the other: long? then, has a digit? And a second tree that only asks for the digit. */
const forest: Forest = {
  features: ['length', 'digit'],
  trees: [
    { nodes: [0, 8, -1, 1, 1, 0, -2, -3], leaves: [-2, 0, 2] },
    { nodes: [1, 0, -1, -2], leaves: [-1, 1] },
  ],
}

test.each([
  ['a short value', [5, 1], -2 + 1],
  ['a long value without a digit', [12, 0], 0 - 1],
  ['a long value with a digit', [12, 1], 2 + 1],
])('%s ends in the leaf that its answers lead to', (_title, values, logOdds) => {
  expect(probabilityOf(packForest(forest), values)).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 10)
})

test('evidence adds up to the answer, and names what counted most first', () => {
  const evidence = explain(forest, [12, 1])
  const prior = (-2 + (0 + 2) / 2) / 2
  const sum = evidence.reduce((total, { weight }) => total + weight, prior)
  expect(sum).toBeCloseTo(3, 10)
  expect(evidence).toEqual([
    { feature: 'digit', weight: 2 },
    { feature: 'length', weight: 1.5 },
  ])
})
