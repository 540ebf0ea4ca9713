import type { Evidence } from '../../model.ts'

/** Boosted trees as bench/quality/train.py writes them. */

export interface Forest {
  /** Names of the features that the nodes ask for, by number. */
  features: string[]
  trees: Tree[]
}

export interface Tree {
  /** Four numbers a node: feature, threshold, where to go when the value is at most that, and else; below 0 is a leaf. */
  nodes: number[]
  leaves: number[]
}

/**
 * How much each feature moved the answer, strongest first: along each path a node's feature gets the difference that
 * taking its branch made to the mean of the leaves below.
 */
export function explain({ features, trees }: Forest, values: ArrayLike<number>): Evidence[] {
  const weights = new Float64Array(features.length)
  for (const tree of trees) explainTree(tree, values, weights)
  return features
    .map((feature, number) => ({ feature, weight: weights[number] ?? 0 }))
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
}

function explainTree(tree: Tree, values: ArrayLike<number>, weights: Float64Array): void {
  const { nodes } = tree
  for (let at = 0, mean = meanBelow(tree, 0); at >= 0; ) {
    const feature = nodes[at * 4] ?? 0
    const goesLeft = (values[feature] ?? 0) <= (nodes[at * 4 + 1] ?? 0)
    at = nodes[at * 4 + (goesLeft ? 2 : 3)] ?? -1
    const next = meanBelow(tree, at)
    weights[feature] = (weights[feature] ?? 0) + next - mean
    mean = next
  }
}

function meanBelow(tree: Tree, at: number): number {
  if (at < 0) return tree.leaves[-at - 1] ?? 0
  return (meanBelow(tree, tree.nodes[at * 4 + 2] ?? -1) + meanBelow(tree, tree.nodes[at * 4 + 3] ?? -1)) / 2
}
