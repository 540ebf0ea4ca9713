import type { Automaton } from './types.ts'

/** Streams that run side by side: enough to hide the latency of a table look-up behind the others' look-ups. */
export const streamCount = 8

/**
 * A multiple of 4,096 would put the streams' positions, an eighth of this apart, into the same sets of the
 * first-level cache. With its hits and tables a block stays in the second-level cache.
 */
const mostBlockBytes = 60 * 1024
const mostBlockHits = 1 << 20

/**
 * How to cut a text. A search goes block by block, so that the worst case of its hits is known beforehand: the
 * inner loops need no check for space, and no hit is ever lost.
 */
export interface BlockPlan {
  /** No block is larger. */
  blockBytes: number
  /** Hits that one stream of a block can find at most; the single stream of a short block is as long as eight. */
  streamHits: number
  /** Bytes behind a block, or a stream, that a literal which starts in it can reach. */
  overlap: number
}

export function planBlocks({ lengths, outputs }: Automaton): BlockPlan {
  const mostOutputs = findMostOutputs(outputs)
  const blockBytes = Math.max(streamCount, Math.min(mostBlockBytes, Math.floor(mostBlockHits / mostOutputs)))
  return {
    blockBytes,
    streamHits: (Math.floor(blockBytes / streamCount) + streamCount) * mostOutputs,
    overlap: lengths.reduce((longest, length) => Math.max(longest, length), 1) - 1,
  }
}

/** Literals that start at one place at most; at least 1. */
function findMostOutputs(outputs: Int32Array): number {
  let most = 1
  for (let index = 0; index < outputs.length; index += outputs[index]! + 1)
    most = Math.max(most, outputs[index]!)
  return most
}

/** The size of equal blocks for a text, each no larger than planned. */
export function chooseBlockSize(length: number, plan: BlockPlan): number {
  return Math.ceil(length / Math.ceil(length / plan.blockBytes))
}
