import { gunzipSync } from 'node:zlib'
import type { Chunks } from '../byte-reader.ts'
import { chunkSizeFor, chunkSizes, inflateStream } from './inflate-stream.ts'

/** Packed bytes up to which a stream costs more than what is in it. */
const SMALL = 64 * 1024
/** Unpacked bytes that may be held at once. */
const MOST_AT_ONCE = 4 * 1024 * 1024

/** RFC 1952; several members in a row are one file. */
export async function* unpackGzip(chunks: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
  const source = chunks[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let length = 0
  let isEnded = false
  while (!isEnded && length <= SMALL) {
    const { value, done } = await source.next()
    if (done) isEnded = true
    else {
      held.push(value)
      length += value.length
    }
  }
  const whole = isEnded ? unpackAtOnce(held) : undefined
  if (whole) yield whole
  else yield* inflateStream(rejoin(held, isEnded ? undefined : source), 'gzip', chunkSizes.large)
}

/** Undefined where it is damaged or large: a stream gives what comes before the fault. */
function unpackAtOnce(parts: readonly Uint8Array[]): Buffer | undefined {
  try {
    const packed = Buffer.concat(parts)
    // The size of the last member, modulo 2^32.
    const size = packed.length < 4 ? 0 : packed.readUInt32LE(packed.length - 4)
    return gunzipSync(packed, { chunkSize: chunkSizeFor(size), maxOutputLength: MOST_AT_ONCE })
  } catch {
    return undefined
  }
}

async function* rejoin(held: readonly Uint8Array[], source: AsyncIterator<Uint8Array> | undefined) {
  yield* held
  if (source) yield* { [Symbol.asyncIterator]: () => source }
}
