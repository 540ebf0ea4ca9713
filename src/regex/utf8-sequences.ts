import { composeChoice, composeSequence, composeSet } from './compose.ts'
import type { Node, Ranges } from './types.ts'

/** UTF-8 (RFC 3629): the first and last code point of each encoded length above one byte, without surrogates. */
const lengths: readonly (readonly [low: number, high: number, bytes: number])[] = [
  [0x80, 0x7ff, 2],
  [0x800, 0xd7ff, 3],
  [0xe000, 0xffff, 3],
  [0x10000, 0x10ffff, 4],
]

/** The byte sequences that encode the code points of `ranges`, all of them at or above U+0080. */
export function composeUtf8(ranges: Ranges): Node {
  const options: Node[] = []
  for (const [low, high] of ranges) {
    for (const [first, last, bytes] of lengths) {
      if (low <= last && high >= first)
        addSequences(Math.max(low, first), Math.min(high, last), bytes, options)
    }
  }
  return composeChoice(options)
}

/** Splits a range until every byte of its encoding varies on its own. */
function addSequences(low: number, high: number, bytes: number, options: Node[]): void {
  for (let tail = 1; tail < bytes; tail++) {
    const mask = (1 << (6 * tail)) - 1
    if ((low & ~mask) === (high & ~mask)) continue
    if ((low & mask) !== 0) {
      addSequences(low, low | mask, bytes, options)
      addSequences((low | mask) + 1, high, bytes, options)
      return
    }
    if ((high & mask) !== mask) {
      addSequences(low, (high & ~mask) - 1, bytes, options)
      addSequences(high & ~mask, high, bytes, options)
      return
    }
  }
  const from = encode(low)
  const to = encode(high)
  options.push(composeSequence(from.map((byte, index) => composeSet([[byte, to[index]!]]))))
}

function encode(point: number): number[] {
  if (point < 0x800) return [0xc0 | (point >> 6), tail(point, 0)]
  if (point < 0x10000) return [0xe0 | (point >> 12), tail(point, 6), tail(point, 0)]
  return [0xf0 | (point >> 18), tail(point, 12), tail(point, 6), tail(point, 0)]
}

function tail(point: number, shift: number): number {
  return 0x80 | ((point >> shift) & 0x3f)
}
