import type { CommitRecords } from './commit-log.ts'

/** All commits of a store, reachable or not. A commit is named by its place in here. */
export interface CommitGraph {
  count: number
  /** Commit → number of the object. */
  numbers: Uint32Array
  /** Commit → number of its tree; -1 where that does not exist. */
  trees: Int32Array
  /** Parents of commit `i` are `parents[firstParent[i] .. firstParent[i + 1])`; -1 for one that does not exist. */
  firstParent: Uint32Array
  parents: Int32Array
  /** Seconds since 1970. */
  times: Float64Array
  /** Number of an object → commit. */
  commitOf: ReadonlyMap<number, number>
}

/**
 * @param numberOf the number of an object by its name, or -1
 * @param missed is told the names of trees and parents that do not exist
 */
export function buildCommitGraph(
  logs: readonly CommitRecords[],
  idSize: number,
  numberOf: (id: Uint8Array) => number,
  missed: (id: Uint8Array, commit: number) => void,
): CommitGraph {
  const count = logs.reduce((sum, log) => sum + log.count, 0)
  const graph = {
    count,
    numbers: new Uint32Array(count),
    trees: new Int32Array(count),
    firstParent: new Uint32Array(count + 1),
    times: new Float64Array(count),
  }
  const parents: number[] = []
  const commitOf = new Map<number, number>()
  let commit = 0
  for (const { bytes } of logs) {
    const records = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    for (let at = 0; at < records.length; commit++) {
      const number = records.readUInt32LE(at)
      const parentCount = records.readUInt32LE(at + 4)
      graph.numbers[commit] = number
      commitOf.set(number, commit)
      graph.times[commit] = records.readDoubleLE(at + 8)
      at += 16
      graph.trees[commit] = find(at, number)
      graph.firstParent[commit] = parents.length
      for (let i = 0; i < parentCount; i++) parents.push(find(at + (1 + i) * idSize, number))
      at += (1 + parentCount) * idSize
    }

    function find(at: number, number: number): number {
      const id = records.subarray(at, at + idSize)
      const found = numberOf(id)
      if (found < 0) missed(id, number)
      return found
    }
  }
  graph.firstParent[count] = parents.length
  return { ...graph, parents: Int32Array.from(parents, number => commitOf.get(number) ?? -1), commitOf }
}

export function parentsOf({ parents, firstParent }: CommitGraph, commit: number): Int32Array {
  return parents.subarray(firstParent[commit], firstParent[commit + 1])
}

/** Commit → 1 for those that some commits lead to, themselves included. */
export function markReachable(graph: CommitGraph, from: Iterable<number>): Uint8Array {
  const reached = new Uint8Array(graph.count)
  const open: number[] = []
  const enter = (commit: number) => {
    if (commit < 0 || reached[commit]) return
    reached[commit] = 1
    open.push(commit)
  }
  for (const commit of from) enter(commit)
  for (let commit = open.pop(); commit !== undefined; commit = open.pop()) {
    for (const parent of parentsOf(graph, commit)) enter(parent)
  }
  return reached
}

/** Every commit before its parents. */
export function orderByChildren(graph: CommitGraph): Uint32Array {
  const children = new Uint32Array(graph.count)
  for (const parent of graph.parents) if (parent >= 0) children[parent]!++
  const order = new Uint32Array(graph.count)
  let end = 0
  for (let commit = 0; commit < graph.count; commit++) if (children[commit] === 0) order[end++] = commit
  for (let at = 0; at < end; at++) {
    for (const parent of parentsOf(graph, order[at]!)) {
      if (parent >= 0 && --children[parent]! === 0) order[end++] = parent
    }
  }
  return order.subarray(0, end)
}

/** Every commit after its parents. */
export function orderByParents(graph: CommitGraph): Uint32Array {
  return orderByChildren(graph).slice().reverse()
}
