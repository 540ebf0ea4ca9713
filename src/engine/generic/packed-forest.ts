import type { Forest, Tree } from './forest.ts'

/**
 * The same trees in so few bytes that they stay in the processor's cache: a candidate walks all of them, and between two
 * candidates megabytes of text and of search tables go through it.
 */
export interface PackedForest {
  /** For each feature the thresholds that nodes compare it with, ascending. */
  cuts: Float64Array[]
  /** Where each tree's root is among the nodes, and its first leaf among the leaves. */
  roots: Uint32Array
  firstLeaves: Uint32Array
  /**
   * A byte each: feature, number of its threshold, where to go when the value is at most that, and else. What is at least
   * `LEAF` is a leaf, counted within the tree as nodes are.
   */
  nodes: Uint32Array
  leaves: Float32Array
  /** Of one candidate at a time: for each feature how many thresholds are below its value. */
  bins: Uint8Array
}

const LEAF = 128

/** @throws RangeError for trees of 128 nodes or more, or 256 thresholds of one feature: train.py makes far smaller ones */
export function packForest({ features, trees }: Forest): PackedForest {
  const cuts = features.map((_name, feature) => cutsOf(trees, feature))
  const byte = (number: number, limit = 256) => {
    if (number >= limit) throw new RangeError('a tree of the model is too large')
    return number
  }
  const toChild = (child: number) => (child < 0 ? LEAF + byte(-child - 1, LEAF) : byte(child, LEAF))
  const nodes = trees.flatMap(tree =>
    split(tree).map(({ feature, threshold, left, right }) => {
      const cut = cuts[feature]?.indexOf(threshold) ?? 0
      return byte(feature) | (byte(cut) << 8) | (toChild(left) << 16) | (toChild(right) << 24)
    }),
  )
  return {
    cuts,
    roots: offsetsOf(trees.map(tree => tree.nodes.length / 4)),
    firstLeaves: offsetsOf(trees.map(tree => tree.leaves.length)),
    nodes: Uint32Array.from(nodes, node => node >>> 0),
    leaves: Float32Array.from(trees.flatMap(tree => tree.leaves)),
    bins: new Uint8Array(features.length),
  }
}

function split({ nodes }: Tree) {
  return Array.from({ length: nodes.length / 4 }, (_, node) => {
    const [feature = 0, threshold = 0, left = -1, right = -1] = nodes.slice(node * 4, node * 4 + 4)
    return { feature, threshold, left, right }
  })
}

function cutsOf(trees: readonly Tree[], feature: number): Float64Array {
  const thresholds = trees.flatMap(tree =>
    split(tree)
      .filter(node => node.feature === feature)
      .map(({ threshold }) => threshold),
  )
  return Float64Array.from(new Set(thresholds)).sort()
}

function offsetsOf(lengths: readonly number[]): Uint32Array {
  let sum = 0
  return Uint32Array.from(lengths, length => {
    sum += length
    return sum - length
  })
}

/** The trees' answer as a probability from 0 to 1. `values` follow the order of `forest.features`. */
export function probabilityOf(forest: PackedForest, values: ArrayLike<number>): number {
  fillBins(forest, values)
  const { roots, firstLeaves, nodes, leaves, bins } = forest
  let sum = 0
  for (let tree = 0; tree < roots.length; tree++) {
    const root = roots[tree]!
    let at = 0
    do {
      const node = nodes[root + at]!
      at = bins[node & 0xff]! <= ((node >>> 8) & 0xff) ? (node >>> 16) & 0xff : node >>> 24
    } while (at < LEAF)
    sum += leaves[firstLeaves[tree]! + at - LEAF]!
  }
  return 1 / (1 + Math.exp(-sum))
}

function fillBins({ cuts, bins }: PackedForest, values: ArrayLike<number>): void {
  for (let feature = 0; feature < cuts.length; feature++) {
    const thresholds = cuts[feature]!
    const value = values[feature]!
    let low = 0
    let high = thresholds.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (thresholds[middle]! < value) low = middle + 1
      else high = middle
    }
    bins[feature] = low
  }
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
  fillBins(forest, values)
  const { roots, firstLeaves, nodes, leaves, bins } = forest
  let sum = 0
  for (let tree = 0; tree < roots.length; tree++) sum += highest(roots[tree]!, firstLeaves[tree]!, 0)
  return 1 / (1 + Math.exp(-sum))

  function highest(root: number, firstLeaf: number, from: number): number {
    let at = from
    while (at < LEAF) {
      const node = nodes[root + at]!
      const left = (node >>> 16) & 0xff
      const right = node >>> 24
      if (isOpen[node & 0xff])
        return Math.max(highest(root, firstLeaf, left), highest(root, firstLeaf, right))
      at = bins[node & 0xff]! <= ((node >>> 8) & 0xff) ? left : right
    }
    return leaves[firstLeaf + at - LEAF]!
  }
}
