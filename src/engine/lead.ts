import type { RegexShape } from '../program.ts'
import { isWord } from './bytes.ts'

/** Whether a match of this shape can have its lead at `at`: a test of some bytes that spares nearly all runs of the regex. */
export function isLead(shape: RegexShape, classes: Uint8Array, bytes: Uint8Array, at: number): boolean {
  const { lead, guard, startsWord } = shape
  if (at < 0) return false
  let next = at
  for (let pair = 0; pair < lead.length; pair += 2) {
    const row = lead[pair]! << 8
    const end = next + lead[pair + 1]!
    if (end > bytes.length) return false
    for (; next < end; next++) if (classes[row | bytes[next]!] === 0) return false
  }
  if (at === 0) return true
  const before = bytes[at - 1]!
  return guard === undefined ? !(startsWord && isWord(before)) : classes[(guard << 8) | before] === 1
}
