import type { Automaton } from './types.ts'

/** Streams that run side by side: enough to hide the latency of one's table look-up behind those of the others. */
export const streamCount = 8

/**
 * A text is searched block by block: a block and its hits stay in the second-level cache, and the space for its
 * hits can be set aside beforehand, so that none is ever lost. Blocks are no power of two, because streams that lie
 * 8,192 bytes apart would compete for the same sets of the first-level cache.
 */
export const mostBlockBytes = 60 * 1024

/**
 * A stream notes each place where it is in an accepting state as a visit: two entries, the place and the distance
 * of the state from the first accepting one. This many visits it can have in a block: one a byte, the bytes that the
 * last stream takes over because they do not divide by eight words, and one that is written and not counted.
 */
export const streamVisits = mostBlockBytes / streamCount + streamCount * 8

/** The size of equal blocks for a text. */
export function chooseBlockSize(length: number): number {
  return Math.ceil(length / Math.ceil(length / mostBlockBytes))
}

/** Bytes behind a block, or a stream, that a literal which starts in it can reach. */
export function findOverlap({ lengths }: Automaton): number {
  return lengths.reduce((longest, length) => Math.max(longest, length), 1) - 1
}

/** From which size on a block is searched in eight streams; a stream is never shorter than the overlap. */
export function chooseInterleaving(overlap: number, measured: number): number {
  return Math.max(measured, streamCount * (overlap + 8))
}
