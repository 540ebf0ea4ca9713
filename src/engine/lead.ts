import type { RegexShape } from '../program.ts'
import { isInSet } from './byte-classes.ts'
import { isWord } from './bytes.ts'

/** Whether a match of this shape can have its lead at `at`: a test of some bytes that spares nearly all runs of the regex. */
export function isLead(shape: RegexShape, sets: Uint8Array, bytes: Uint8Array, at: number): boolean {
  const { lead, guard, startsWord, startsLine } = shape
  if (at < 0 || !holdsRuns(lead, sets, bytes, at)) return false
  if (at === 0) return true
  const before = bytes[at - 1]!
  if (startsLine && before !== 10) return false
  return guard === undefined ? !(startsWord && isWord(before)) : isInSet(sets, guard, before)
}

/** Whether the bytes at `at` are of the classes that pairs of class and count ask for. */
export function holdsRuns(runs: readonly number[], sets: Uint8Array, bytes: Uint8Array, at: number): boolean {
  let next = at
  for (let pair = 0; pair < runs.length; pair += 2) {
    const set = runs[pair]!
    const end = next + runs[pair + 1]!
    if (end > bytes.length) return false
    for (; next < end; next++) if (!isInSet(sets, set, bytes[next]!)) return false
  }
  return true
}
