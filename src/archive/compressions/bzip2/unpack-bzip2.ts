/**
 * The format of bzip2, which has no document of its own but the reference implementation by Julian Seward:
 * `BZh`, a digit for the size of blocks, blocks, an end with a checksum; and again for what was concatenated.
 */
import { type Chunks, collect } from '../../byte-reader.ts'
import { CorruptArchive, LimitReached } from '../../problems.ts'
import { BitReader } from './bit-reader.ts'
import { expandRuns } from './expand-runs.ts'
import { readBlock } from './read-block.ts'
import { unsort } from './unsort.ts'

/** Packed bytes that are held in memory: blocks do not begin at whole bytes, so chunks are of no use. */
const MOST_PACKED = 512 * 1024 * 1024

export async function* unpackBzip2(chunks: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = await collect(chunks, MOST_PACKED)
  if (!bytes) throw new LimitReached('more packed bytes than bzip2 is read with')
  yield* unpackStreams(bytes)
}

function* unpackStreams(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const bits = new BitReader(bytes.subarray(start))
    if (bits.read(24) !== 0x425a68) throw new CorruptArchive('not valid bzip2')
    const level = bits.read(8) - 0x30
    if (level < 1 || level > 9) throw new CorruptArchive('a size of blocks that does not exist')
    yield* unpackBlocks(bits, level * 100_000)
    start += bits.align()
  }
}

function* unpackBlocks(bits: BitReader, size: number): Generator<Uint8Array> {
  for (;;) {
    const magic = bits.read(24) * 0x1000000 + bits.read(24)
    if (magic === 0x177245385090) {
      bits.read(16)
      bits.read(16)
      return
    }
    if (magic !== 0x314159265359) throw new CorruptArchive('no block where one should be')
    const block = readBlock(bits, size)
    const checksum = { value: 0 }
    yield* expandRuns(unsort(block), checksum)
    if (checksum.value !== block.checksum) throw new CorruptArchive('a block whose checksum is wrong')
  }
}
