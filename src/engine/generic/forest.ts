/**
 * Boosted trees as bench/quality/train.py writes them, in so few bytes that they stay in the processor's cache: a candidate
 * walks all of them, and between two candidates megabytes of text and of search tables go through it.
 */
export interface ForestData {
  /** Names of the features that the nodes ask for, by number. */
  features: readonly string[]
  /** For each feature the thresholds that nodes compare it with, ascending. */
  cuts: readonly (readonly number[])[]
  /** Where each tree's root is among the nodes, and its first leaf among the leaves. */
  roots: readonly number[]
  firstLeaves: readonly number[]
  /**
   * A byte each, from the lowest on: feature, number of its threshold, where to go when the value is at most that, and else.
   * What is at least `LEAF` is a leaf, counted within the tree as nodes are.
   */
  nodes: readonly number[]
  /** In log-odds. */
  leaves: readonly number[]
}

/** The same, ready to be asked. */
export interface Forest {
  features: readonly string[]
  cuts: readonly Float64Array[]
  roots: Uint32Array
  firstLeaves: Uint32Array
  nodes: Uint32Array
  leaves: Float32Array
  /** For each tree what it and all after it add at most. */
  rests: Float64Array
  /** Of one candidate at a time: for each feature how many thresholds are below its value. */
  bins: Uint8Array
}

export const LEAF = 128

export function toForest({ features, cuts, roots, firstLeaves, nodes, ...data }: ForestData): Forest {
  const leaves = Float32Array.from(data.leaves)
  return {
    features,
    cuts: cuts.map(thresholds => Float64Array.from(thresholds)),
    roots: Uint32Array.from(roots),
    firstLeaves: Uint32Array.from(firstLeaves),
    nodes: Uint32Array.from(nodes),
    leaves,
    rests: restsOf(firstLeaves, leaves),
    bins: new Uint8Array(features.length),
  }
}

function restsOf(firstLeaves: readonly number[], leaves: Float32Array): Float64Array {
  const rests = new Float64Array(firstLeaves.length)
  let sum = 0
  for (let tree = firstLeaves.length - 1; tree >= 0; tree--) {
    sum += Math.max(...leaves.subarray(firstLeaves[tree], firstLeaves[tree + 1]))
    rests[tree] = sum
  }
  return rests
}

/**
 * The trees' answer as a probability from 0 to 1. `values` follow the order of `features`.
 * @param least when the answer is less, any number above it and below this one will do
 */
export function probabilityOf(forest: Forest, values: ArrayLike<number>, least = 0): number {
  fillBins(forest, values)
  const { roots, firstLeaves, nodes, leaves, rests, bins } = forest
  const enough = Math.log(least / (1 - least))
  let sum = 0
  for (let tree = 0; tree < roots.length; tree++) {
    if (sum + rests[tree]! < enough) return toProbability(sum + rests[tree]!)
    const root = roots[tree]!
    let at = 0
    do {
      const node = nodes[root + at]!
      at = bins[node & 0xff]! <= ((node >>> 8) & 0xff) ? (node >>> 16) & 0xff : node >>> 24
    } while (at < LEAF)
    sum += leaves[firstLeaves[tree]! + at - LEAF]!
  }
  return toProbability(sum)
}

export function fillBins({ cuts, bins }: Forest, values: ArrayLike<number>): void {
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
  forest: Forest,
  values: ArrayLike<number>,
  isOpen: ArrayLike<number>,
): number {
  fillBins(forest, values)
  const { roots, firstLeaves, nodes, leaves, bins } = forest
  let sum = 0
  for (let tree = 0; tree < roots.length; tree++) sum += highest(roots[tree]!, firstLeaves[tree]!, 0)
  return toProbability(sum)

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

function toProbability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}
