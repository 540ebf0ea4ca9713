import { expect, test } from 'vitest'
import { describeEvidence } from '../../src/reporters/describe-evidence.ts'

test('evidence is told on two sides, strongest first, in words', () => {
  const evidence = [
    { feature: 'surprise', weight: 1.234 },
    { feature: 'inTest', weight: -0.61 },
    { feature: 'stem', weight: 0.5 },
    { feature: 'upper', weight: 0.04 },
  ]
  expect(describeEvidence(evidence)).toEqual([
    'for: how little it reads like words +1.2, word in the name +0.5',
    'against: in test -0.6',
  ])
})

test('a side without evidence is left out', () => {
  expect(describeEvidence([{ feature: 'digit', weight: 0.25 }])).toEqual(['for: share of digits +0.3'])
  expect(describeEvidence([])).toEqual([])
})
