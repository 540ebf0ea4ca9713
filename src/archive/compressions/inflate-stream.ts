import { pipeline, Readable, type TransformOptions } from 'node:stream'
import { createGunzip, createInflate, createInflateRaw, type ZlibOptions } from 'node:zlib'
import type { Chunks } from '../byte-reader.ts'
import { asProblem } from '../problems.ts'

const unpackers = { gzip: createGunzip, zlib: createInflate, deflate: createInflateRaw }

/** Bytes that come out at a time: of a small stream, so that it is cheap to begin, and of one that may be of any size. */
export const chunkSizes = { small: 16 * 1024, large: 256 * 1024 }
/** To unpack in one piece what is said to be so large, without a piece too much; whoever said it may be wrong. */
export function chunkSizeFor(size: number): number {
  return Math.min(Math.max(64, size + 1), 4 * chunkSizes.large)
}

/** Chunks that zlib may be ahead in its own thread, while those before them are searched in this one. */
const AHEAD = 4

/** Unpacks a stream by zlib; of one that is cut or damaged, what comes before that, and then the error. */
export async function* inflateStream(
  chunks: Chunks,
  format: keyof typeof unpackers,
  chunkSize: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const options: ZlibOptions & TransformOptions = { chunkSize, highWaterMark: AHEAD * chunkSize }
  const unpacker = unpackers[format](options)
  // Whatever goes wrong reaches the reader below through the unpacker.
  pipeline(Readable.from(chunks), unpacker, () => {})
  try {
    for await (const chunk of unpacker) yield chunk
  } catch (error) {
    throw asProblem(error, format)
  }
}
