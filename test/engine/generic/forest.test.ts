import { expect, test } from 'vitest'
import { explain } from '../../../src/engine/generic/explain-forest.ts'
import { LEAF, probabilityOf, toForest } from '../../../src/engine/generic/forest.ts'

/** One question after the other: long? then, has a digit? And a second tree that only asks for the digit. */
const [LENGTH, DIGIT] = [0, 1]
const forest = toForest({
  features: ['length', 'digit'],
  cuts: [[8], [0]],
  roots: [0, 2],
  firstLeaves: [0, 3],
  nodes: [node(LENGTH, LEAF, 1), node(DIGIT, LEAF + 1, LEAF + 2), node(DIGIT, LEAF, LEAF + 1)],
  leaves: [-2, 0, 2, -1, 1],
})

/** Asks for the feature's first threshold. */
function node(feature: number, left: number, right: number): number {
  return feature + left * 0x1_00_00 + right * 0x1_00_00_00
}

test.each([
  ['a short value', [5, 1], -2 + 1],
  ['a long value without a digit', [12, 0], 0 - 1],
  ['a long value with a digit', [12, 1], 2 + 1],
])('%s ends in the leaf that its answers lead to', (_title, values, logOdds) => {
  expect(probabilityOf(forest, values)).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 10)
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
