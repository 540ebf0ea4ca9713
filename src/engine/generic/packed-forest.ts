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
  const cuts = cutsOf(features.length, trees)
  const numbers = cuts.map(thresholds => new Map(Array.from(thresholds, (cut, number) => [cut, number])))
  const roots = offsetsOf(trees.map(tree => tree.nodes.length / 4))
  const packed = new Uint32Array(trees.reduce((sum, { nodes }) => sum + nodes.length / 4, 0))
  for (const [tree, { nodes }] of trees.entries()) {
    for (let at = 0; at < nodes.length; at += 4) {
      const feature = byte(nodes[at]!)
      const cut = byte(numbers[feature]?.get(nodes[at + 1]!) ?? 0)
      const children = (toChild(nodes[at + 2]!) << 16) | (toChild(nodes[at + 3]!) << 24)
      packed[roots[tree]! + at / 4] = feature | (cut << 8) | children
    }
  }
  return {
    cuts,
    roots,
    firstLeaves: offsetsOf(trees.map(tree => tree.leaves.length)),
    nodes: packed,
    leaves: Float32Array.from(trees.flatMap(tree => tree.leaves)),
    bins: new Uint8Array(features.length),
  }
}

function byte(number: number, limit = 256): number {
  if (number >= limit) throw new RangeError('a tree of the model is too large')
  return number
}

function toChild(child: number): number {
  return child < 0 ? LEAF + byte(-child - 1, LEAF) : byte(child, LEAF)
}

/** All in one pass: the first candidate of every scan waits for it. */
function cutsOf(features: number, trees: readonly Tree[]): Float64Array[] {
  const thresholds = Array.from({ length: features }, () => new Set<number>())
  for (const { nodes } of trees)
    for (let at = 0; at < nodes.length; at += 4) thresholds[nodes[at]!]?.add(nodes[at + 1]!)
  return thresholds.map(set => Float64Array.from(set).sort())
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
