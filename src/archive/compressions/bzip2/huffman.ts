import { CorruptArchive } from '../../problems.ts'
import type { BitReader } from './bit-reader.ts'

const LONGEST_CODE = 20
/** Codes up to this length are read with one look-up. */
const FAST_BITS = 10

/** A canonical prefix code: shorter codes first, those of one length in order of their symbols. */
export interface HuffmanCode {
  /** Next bits → symbol × 32 + length, 0 where the code is longer. */
  fast: Uint16Array
  /** For each length the first code that is too large for it, and what to subtract to get a place in `symbols`. */
  limits: Int32Array
  offsets: Int32Array
  symbols: Uint16Array
  longest: number
}

export function buildCode(lengths: Uint8Array): HuffmanCode {
  const fast = new Uint16Array(1 << FAST_BITS)
  const limits = new Int32Array(LONGEST_CODE + 2)
  const offsets = new Int32Array(LONGEST_CODE + 2)
  const symbols = new Uint16Array(lengths.length)
  let code = 0
  let place = 0
  let longest = 0
  for (let length = 1; length <= LONGEST_CODE; length++) {
    offsets[length] = place - code
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue
      symbols[place++] = symbol
      if (length <= FAST_BITS) {
        const first = code << (FAST_BITS - length)
        fast.fill((symbol << 5) | length, first, first + (1 << (FAST_BITS - length)))
      }
      code++
      longest = length
    }
    if (code > 1 << length) throw new CorruptArchive('a code has too many symbols')
    limits[length] = code
    code <<= 1
  }
  return { fast, limits, offsets, symbols, longest }
}

export function readSymbol(
  { fast, limits, offsets, symbols, longest }: HuffmanCode,
  bits: BitReader,
): number {
  const entry = fast[bits.peek(FAST_BITS)]!
  if (entry !== 0) {
    bits.drop(entry & 31)
    return entry >> 5
  }
  for (let length = FAST_BITS + 1; length <= longest; length++) {
    const code = bits.peek(length)
    if (code >= limits[length]!) continue
    bits.drop(length)
    return symbols[code + offsets[length]!]!
  }
  throw new CorruptArchive('no such code')
}
