import { streamCount, streamVisits } from './blocks.ts'
import type { Automaton } from './types.ts'

/** Where each stream was in an accepting state, see `streamVisits`. A stream fills its part of `entries` from the end. */
export interface Visits {
  entries: Int32Array
  /** Where in `entries` each stream's visits begin. */
  tops: Int32Array
}

export function createVisits(): Visits {
  return { entries: new Int32Array(streamCount * streamVisits * 2), tops: new Int32Array(streamCount) }
}

/** Searches `bytes[0 .. size)` as one stream; bytes up to `reach` may belong to a literal that starts in there. */
export function searchOne(
  automaton: Automaton,
  bytes: Uint8Array,
  size: number,
  reach: number,
  visits: Visits,
): void {
  const { classes: classOf, transitions: table, firstAccepting: accepting } = automaton
  let state = 0
  for (let at = reach - 1; at >= size; at--) state = table[state + classOf[bytes[at]!]!]!
  for (let at = size - 1; at >= 0; at--) {
    state = table[state + classOf[bytes[at]!]!]!
    if (state >= accepting) noteVisit(visits, streamCount - 1, at, state - accepting)
  }
}

/**
 * As `searchOne`, in eight streams. Each first runs through the `overlap` bytes that its literals can reach into.
 * `block` has the same bytes as words, lowest byte first: to load them one by one costs a fifth of the speed, and so does
 * an inner loop over a word's bytes.
 */
export function searchEight(
  automaton: Automaton,
  block: Int32Array,
  bytes: Uint8Array,
  blockSize: number,
  reach: number,
  overlap: number,
  visits: Visits,
): void {
  const { classes: classOf, transitions: table, firstAccepting: accepting } = automaton
  const words = blockSize >>> 5
  const size = words * 4
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let s4 = 0
  let s5 = 0
  let s6 = 0
  let s7 = 0

  for (let at = reach - 1; at >= blockSize; at--) s7 = table[s7 + classOf[bytes[at]!]!]!
  for (let at = blockSize - 1; at >= size * streamCount; at--) {
    s7 = table[s7 + classOf[bytes[at]!]!]!
    if (s7 >= accepting) noteVisit(visits, 7, at, s7 - accepting)
  }
  for (let at = size + overlap - 1; at >= size; at--) {
    s0 = table[s0 + classOf[bytes[at]!]!]!
    s1 = table[s1 + classOf[bytes[at + size]!]!]!
    s2 = table[s2 + classOf[bytes[at + size * 2]!]!]!
    s3 = table[s3 + classOf[bytes[at + size * 3]!]!]!
    s4 = table[s4 + classOf[bytes[at + size * 4]!]!]!
    s5 = table[s5 + classOf[bytes[at + size * 5]!]!]!
    s6 = table[s6 + classOf[bytes[at + size * 6]!]!]!
  }

  const from1 = words
  const from2 = from1 + words
  const from3 = from2 + words
  const from4 = from3 + words
  const from5 = from4 + words
  const from6 = from5 + words
  const from7 = from6 + words
  for (let at = words - 1; at >= 0; at--) {
    const w0 = block[at]!
    const w1 = block[from1 + at]!
    const w2 = block[from2 + at]!
    const w3 = block[from3 + at]!
    const w4 = block[from4 + at]!
    const w5 = block[from5 + at]!
    const w6 = block[from6 + at]!
    const w7 = block[from7 + at]!
    s0 = table[s0 + classOf[w0 >>> 24]!]!
    s1 = table[s1 + classOf[w1 >>> 24]!]!
    s2 = table[s2 + classOf[w2 >>> 24]!]!
    s3 = table[s3 + classOf[w3 >>> 24]!]!
    s4 = table[s4 + classOf[w4 >>> 24]!]!
    s5 = table[s5 + classOf[w5 >>> 24]!]!
    s6 = table[s6 + classOf[w6 >>> 24]!]!
    s7 = table[s7 + classOf[w7 >>> 24]!]!
    if (
      s0 >= accepting ||
      s1 >= accepting ||
      s2 >= accepting ||
      s3 >= accepting ||
      s4 >= accepting ||
      s5 >= accepting ||
      s6 >= accepting ||
      s7 >= accepting
    ) {
      noteVisits(visits, at * 4 + 3, size, accepting, s0, s1, s2, s3, s4, s5, s6, s7)
    }
    s0 = table[s0 + classOf[(w0 >>> 16) & 0xff]!]!
    s1 = table[s1 + classOf[(w1 >>> 16) & 0xff]!]!
    s2 = table[s2 + classOf[(w2 >>> 16) & 0xff]!]!
    s3 = table[s3 + classOf[(w3 >>> 16) & 0xff]!]!
    s4 = table[s4 + classOf[(w4 >>> 16) & 0xff]!]!
    s5 = table[s5 + classOf[(w5 >>> 16) & 0xff]!]!
    s6 = table[s6 + classOf[(w6 >>> 16) & 0xff]!]!
    s7 = table[s7 + classOf[(w7 >>> 16) & 0xff]!]!
    if (
      s0 >= accepting ||
      s1 >= accepting ||
      s2 >= accepting ||
      s3 >= accepting ||
      s4 >= accepting ||
      s5 >= accepting ||
      s6 >= accepting ||
      s7 >= accepting
    ) {
      noteVisits(visits, at * 4 + 2, size, accepting, s0, s1, s2, s3, s4, s5, s6, s7)
    }
    s0 = table[s0 + classOf[(w0 >>> 8) & 0xff]!]!
    s1 = table[s1 + classOf[(w1 >>> 8) & 0xff]!]!
    s2 = table[s2 + classOf[(w2 >>> 8) & 0xff]!]!
    s3 = table[s3 + classOf[(w3 >>> 8) & 0xff]!]!
    s4 = table[s4 + classOf[(w4 >>> 8) & 0xff]!]!
    s5 = table[s5 + classOf[(w5 >>> 8) & 0xff]!]!
    s6 = table[s6 + classOf[(w6 >>> 8) & 0xff]!]!
    s7 = table[s7 + classOf[(w7 >>> 8) & 0xff]!]!
    if (
      s0 >= accepting ||
      s1 >= accepting ||
      s2 >= accepting ||
      s3 >= accepting ||
      s4 >= accepting ||
      s5 >= accepting ||
      s6 >= accepting ||
      s7 >= accepting
    ) {
      noteVisits(visits, at * 4 + 1, size, accepting, s0, s1, s2, s3, s4, s5, s6, s7)
    }
    s0 = table[s0 + classOf[w0 & 0xff]!]!
    s1 = table[s1 + classOf[w1 & 0xff]!]!
    s2 = table[s2 + classOf[w2 & 0xff]!]!
    s3 = table[s3 + classOf[w3 & 0xff]!]!
    s4 = table[s4 + classOf[w4 & 0xff]!]!
    s5 = table[s5 + classOf[w5 & 0xff]!]!
    s6 = table[s6 + classOf[w6 & 0xff]!]!
    s7 = table[s7 + classOf[w7 & 0xff]!]!
    if (
      s0 >= accepting ||
      s1 >= accepting ||
      s2 >= accepting ||
      s3 >= accepting ||
      s4 >= accepting ||
      s5 >= accepting ||
      s6 >= accepting ||
      s7 >= accepting
    ) {
      noteVisits(visits, at * 4, size, accepting, s0, s1, s2, s3, s4, s5, s6, s7)
    }
  }
}

/** Of eight streams, of which one at least accepts. */
function noteVisits(
  visits: Visits,
  at: number,
  size: number,
  accepting: number,
  s0: number,
  s1: number,
  s2: number,
  s3: number,
  s4: number,
  s5: number,
  s6: number,
  s7: number,
): void {
  if (s0 >= accepting) noteVisit(visits, 0, at + size * 0, s0 - accepting)
  if (s1 >= accepting) noteVisit(visits, 1, at + size * 1, s1 - accepting)
  if (s2 >= accepting) noteVisit(visits, 2, at + size * 2, s2 - accepting)
  if (s3 >= accepting) noteVisit(visits, 3, at + size * 3, s3 - accepting)
  if (s4 >= accepting) noteVisit(visits, 4, at + size * 4, s4 - accepting)
  if (s5 >= accepting) noteVisit(visits, 5, at + size * 5, s5 - accepting)
  if (s6 >= accepting) noteVisit(visits, 6, at + size * 6, s6 - accepting)
  if (s7 >= accepting) noteVisit(visits, 7, at + size * 7, s7 - accepting)
}

function noteVisit({ entries, tops }: Visits, stream: number, start: number, distance: number): void {
  const top = tops[stream]! - 2
  entries[top] = start
  entries[top + 1] = distance
  tops[stream] = top
}
