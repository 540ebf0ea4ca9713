import { pipeline, Readable } from 'node:stream'
import { createGunzip, createInflate, createInflateRaw, type ZlibOptions } from 'node:zlib'
import type { Chunks } from '../byte-reader.ts'
import { asProblem } from '../problems.ts'

const unpackers = { gzip: createGunzip, zlib: createInflate, deflate: createInflateRaw }
const options: ZlibOptions = { chunkSize: 16 * 1024 }

/** Unpacks a stream by zlib; of one that is cut or damaged, what comes before that, and then the error. */
export async function* inflateStream(
  chunks: Chunks,
  format: keyof typeof unpackers,
): AsyncGenerator<Uint8Array, void, undefined> {
  const unpacker = unpackers[format](options)
  // Whatever goes wrong reaches the reader below through the unpacker.
  pipeline(Readable.from(chunks), unpacker, () => {})
  try {
    for await (const chunk of unpacker) yield chunk
  } catch (error) {
    throw asProblem(error, format)
  }
}
