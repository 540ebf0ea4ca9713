import type { Evidence } from '../../model.ts'
import { type Forest, fillBins, LEAF } from './forest.ts'

/**
 * How much each feature moved the answer, strongest first: along each path a node's feature gets the difference that
 * taking its branch made to the mean of the leaves below.
 */
export function explain(forest: Forest, values: ArrayLike<number>): Evidence[] {
  fillBins(forest, values)
  const weights = new Float64Array(forest.features.length)
  for (let tree = 0; tree < forest.roots.length; tree++) explainTree(forest, tree, weights)
  return forest.features
    .map((feature, number) => ({ feature, weight: weights[number] ?? 0 }))
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
}

function explainTree(
  { roots, firstLeaves, nodes, leaves, bins }: Forest,
  tree: number,
  weights: Float64Array,
) {
  const root = roots[tree]!
  const firstLeaf = firstLeaves[tree]!
  for (let at = 0, mean = meanBelow(0); at < LEAF; ) {
    const node = nodes[root + at]!
    const feature = node & 0xff
    at = bins[feature]! <= ((node >>> 8) & 0xff) ? (node >>> 16) & 0xff : node >>> 24
    const next = meanBelow(at)
    weights[feature]! += next - mean
    mean = next
  }

  function meanBelow(at: number): number {
    if (at >= LEAF) return leaves[firstLeaf + at - LEAF]!
    const node = nodes[root + at]!
    return (meanBelow((node >>> 16) & 0xff) + meanBelow(node >>> 24)) / 2
  }
}
