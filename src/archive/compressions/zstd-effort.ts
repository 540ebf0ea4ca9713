import type { Chunks } from '../byte-reader.ts'
import { LimitReached } from '../problems.ts'
import type { Spend } from './effort.ts'

const MAGIC = 0xfd2fb528
/** `zstd` itself asks for `--memory` beyond this. */
const WIDEST_WINDOW = 128 * 1024 * 1024
/** Magic number, descriptor and window, or what comes before the end of a frame that is skipped. */
const SHORTEST_HEADER = 8
const BLOCK_HEADER = 3
const RLE = 1

/** A block gives at most 128 kB (RFC 8878 §3.1.1.2.4): what comes out of one piece is held in memory. */
const BLOCKS_IN_PIECE = 16

/**
 * Passes zstd frames (RFC 8878 §3.1.1) on in pieces of few blocks and spends what decoding them will cost: fzstd moves
 * the whole window once for each block, so that small blocks in a wide window are slow beyond all proportion.
 */
export async function* meterZstd(chunks: Chunks, spend: Spend): AsyncGenerator<Uint8Array, void, undefined> {
  let held: Uint8Array = new Uint8Array(0)
  /** Bytes of the step before that are still to come. */
  let ahead = 0
  let frame: Frame | undefined
  for await (const chunk of chunks) {
    const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk
    let from = 0
    let at = ahead
    let blocks = 0
    while (at < bytes.length) {
      const step = frame ? readBlock(bytes, at, frame) : readHeader(bytes, at)
      if (!step) break
      if (frame) spend(frame.window)
      frame = step.frame
      at += step.length
      if (++blocks % BLOCKS_IN_PIECE === 0 && at <= bytes.length) {
        yield bytes.subarray(from, at)
        from = at
      }
    }
    const end = Math.min(at, bytes.length)
    ahead = at - end
    held = bytes.slice(end)
    if (from < end) yield bytes.subarray(from, end)
  }
  if (held.length > 0) yield held
}

interface Frame {
  /** Bytes. */
  window: number
  hasChecksum: boolean
}

/** Bytes to pass over, and the frame in which one is then, if in any. */
interface Step {
  length: number
  frame?: Frame | undefined
}

/** Undefined: more bytes are needed. What is no frame is left to the decoder to complain about. */
function readHeader(bytes: Uint8Array, at: number): Step | undefined {
  if (bytes.length - at < SHORTEST_HEADER) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + at)
  if (view.getUint32(0, true) !== MAGIC) return { length: 8 + view.getUint32(4, true) }
  const descriptor = view.getUint8(4)
  const isSingle = (descriptor & 32) !== 0
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0
  const sizeLength = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0
  const sizeAt = 5 + (isSingle ? 0 : 1) + dictionary
  if (bytes.length - at < sizeAt + sizeLength) return undefined
  const window = isSingle ? readSize(view, sizeAt, sizeLength) : windowOf(view.getUint8(5))
  if (window > WIDEST_WINDOW) throw new LimitReached('a window that is too wide')
  return { length: sizeAt + sizeLength, frame: { window, hasChecksum: (descriptor & 4) !== 0 } }
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

function readSize(view: DataView, at: number, length: number): number {
  if (length === 8) return Number(view.getBigUint64(at, true))
  if (length === 4) return view.getUint32(at, true)
  return length === 2 ? view.getUint16(at, true) + 256 : view.getUint8(at)
}

function readBlock(bytes: Uint8Array, at: number, frame: Frame): Step | undefined {
  if (bytes.length - at < BLOCK_HEADER) return undefined
  const header = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
  const isLast = (header & 1) !== 0
  const size = ((header >> 1) & 3) === RLE ? 1 : header >>> 3
  const tail = isLast && frame.hasChecksum ? 4 : 0
  return { length: BLOCK_HEADER + size + tail, frame: isLast ? undefined : frame }
}
