import { CorruptArchive } from '../../problems.ts'
import type { BitReader } from './bit-reader.ts'
import { buildCode, type HuffmanCode, readSymbol } from './huffman.ts'

/** A block as it stands in the file: the last column of the sorted rotations of its text. */
export interface Block {
  checksum: number
  /** Which rotation is the text itself. */
  origin: number
  column: Uint8Array
}

const GROUP_SYMBOLS = 50
/** What the reference implementation reads at most; more are ignored as it does. */
const MOST_SELECTORS = 18_002

/** @param size most bytes of a block, which the file's header says */
export function readBlock(bits: BitReader, size: number): Block {
  const checksum = ((bits.read(16) << 16) | bits.read(16)) >>> 0
  if (bits.readBit()) throw new CorruptArchive('a randomised block, which no version since 0.9.5 writes')
  const origin = bits.read(24)
  const used = readUsedBytes(bits)
  const selectors = { groups: bits.read(3), count: bits.read(15) }
  if (selectors.groups < 2 || selectors.groups > 6 || selectors.count < 1)
    throw new CorruptArchive('no codes for a block')
  const order = readSelectors(bits, selectors.groups, selectors.count)
  const codes = Array.from({ length: selectors.groups }, () => readCode(bits, used.length + 2))
  const column = readColumn(bits, used, order, codes, size)
  if (origin >= column.length) throw new CorruptArchive('a block without its origin')
  return { checksum, origin, column }
}

function readUsedBytes(bits: BitReader): Uint8Array {
  const ranges = bits.read(16)
  const used: number[] = []
  for (let range = 0; range < 16; range++) {
    if (!((ranges >> (15 - range)) & 1)) continue
    const members = bits.read(16)
    for (let i = 0; i < 16; i++) if ((members >> (15 - i)) & 1) used.push(range * 16 + i)
  }
  if (used.length === 0) throw new CorruptArchive('a block without bytes')
  return Uint8Array.from(used)
}

/** Which code each group of symbols is written in; moved to the front when used. */
function readSelectors(bits: BitReader, groups: number, count: number): Uint8Array {
  const front = Uint8Array.from({ length: groups }, (_, i) => i)
  const selectors = new Uint8Array(Math.min(count, MOST_SELECTORS))
  for (let i = 0; i < count; i++) {
    let place = 0
    while (bits.readBit()) if (++place >= groups) throw new CorruptArchive('no such code for a group')
    const selected = front[place]!
    front.copyWithin(1, 0, place)
    front[0] = selected
    if (i < selectors.length) selectors[i] = selected
  }
  return selectors
}

function readCode(bits: BitReader, symbols: number): HuffmanCode {
  const lengths = new Uint8Array(symbols)
  let length = bits.read(5)
  for (let symbol = 0; symbol < symbols; symbol++) {
    for (;;) {
      if (length < 1 || length > 20) throw new CorruptArchive('a code of no length')
      if (!bits.readBit()) break
      length += bits.readBit() ? -1 : 1
    }
    lengths[symbol] = length
  }
  return buildCode(lengths)
}

/** Undoes the codes, the runs of the most recent byte, and the moves to the front. */
function readColumn(
  bits: BitReader,
  used: Uint8Array,
  order: Uint8Array,
  codes: readonly HuffmanCode[],
  size: number,
): Uint8Array {
  const column = new Uint8Array(size)
  const front = Uint8Array.from(used)
  const end = used.length + 1
  let length = 0
  let run = 0
  let runDigit = 1
  for (let group = 0; ; group++) {
    const code = codes[order[group] ?? -1]
    if (!code) throw new CorruptArchive('a block without its end')
    for (let i = 0; i < GROUP_SYMBOLS; i++) {
      const symbol = readSymbol(code, bits)
      if (symbol <= 1) {
        run += runDigit << symbol
        runDigit <<= 1
        if (run > size) throw new CorruptArchive('a block that is too long')
        continue
      }
      if (run > 0) {
        if (length + run > size) throw new CorruptArchive('a block that is too long')
        column.fill(front[0]!, length, length + run)
        length += run
        run = 0
        runDigit = 1
      }
      if (symbol === end) return column.subarray(0, length)
      if (length >= size) throw new CorruptArchive('a block that is too long')
      const place = symbol - 1
      const byte = front[place]!
      front.copyWithin(1, 0, place)
      front[0] = byte
      column[length++] = byte
    }
  }
}
