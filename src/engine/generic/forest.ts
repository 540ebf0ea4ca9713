import type { Evidence } from '../../model.ts'

/** Boosted trees as bench/quality/train.py writes them. */

export interface Forest {
  /** Names of the features that the nodes ask for, by number. */
  features: string[]
  trees: Tree[]
}

interface Tree {
  /** Four numbers a node: feature, threshold, where to go when the value is at most that, and else; below 0 is a leaf. */
  nodes: number[]
  leaves: number[]
}

/** A forest in flat arrays: the same trees, many times faster to walk. */
export interface PackedForest {
  /** Where each tree's root is among the nodes. */
  roots: Int32Array
  features: Uint8Array
  thresholds: Float64Array
  /** Two a node; below 0 is a leaf. */
  next: Int32Array
  leaves: Float64Array
}

export function packForest({ trees }: Forest): PackedForest {
  const nodes = trees.flatMap(tree => tree.nodes.length / 4)
  const count = nodes.reduce((sum, n) => sum + n, 0)
  const packed: PackedForest = {
    roots: new Int32Array(trees.length),
    features: new Uint8Array(count),
    thresholds: new Float64Array(count),
    next: new Int32Array(2 * count),
    leaves: Float64Array.from(trees.flatMap(tree => tree.leaves)),
  }
  let node = 0
  let leaf = 0
  trees.forEach((tree, number) => {
    packed.roots[number] = node
    const to = (target: number) => (target < 0 ? target - leaf : target + (packed.roots[number] ?? 0))
    for (let at = 0; at < tree.nodes.length; at += 4, node++) {
      packed.features[node] = tree.nodes[at] ?? 0
      packed.thresholds[node] = tree.nodes[at + 1] ?? 0
      packed.next[2 * node] = to(tree.nodes[at + 2] ?? -1)
      packed.next[2 * node + 1] = to(tree.nodes[at + 3] ?? -1)
    }
    leaf += tree.leaves.length
  })
  return packed
}

/** The trees' answer as a probability from 0 to 1. `values` follow the order of `forest.features`. */
export function probabilityOf(forest: PackedForest, values: ArrayLike<number>): number {
  const { roots, features, thresholds, next, leaves } = forest
  let sum = 0
  for (let tree = 0; tree < roots.length; tree++) {
    let at = roots[tree]!
    while (at >= 0) at = next[2 * at + (values[features[at]!]! <= thresholds[at]! ? 0 : 1)]!
    sum += leaves[-at - 1]!
  }
  return 1 / (1 + Math.exp(-sum))
}

/**
 * The highest probability that any values of some features can lead to.
 * @param isOpen feature → 1 for one whose value is not known
 */
export function highestProbabilityOf(
  forest: PackedForest,
  values: ArrayLike<number>,
  isOpen: ArrayLike<number>,
): number {
  const { roots, features, thresholds, next, leaves } = forest
  let sum = 0
  for (let tree = 0; tree < roots.length; tree++) sum += highest(roots[tree]!)
  return 1 / (1 + Math.exp(-sum))

  function highest(from: number): number {
    let at = from
    while (at >= 0) {
      const feature = features[at]!
      if (isOpen[feature]) return Math.max(highest(next[2 * at]!), highest(next[2 * at + 1]!))
      at = next[2 * at + (values[feature]! <= thresholds[at]! ? 0 : 1)]!
    }
    return leaves[-at - 1]!
  }
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
