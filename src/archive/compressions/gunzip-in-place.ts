import { constants, createGunzip } from 'node:zlib'
import type { PassingChunks } from '../byte-reader.ts'
import { asProblem } from '../problems.ts'

/** Of zlib's streams in Node 20 to 26: undocumented, though npm's own `minizlib` stands on it as well. */
interface Inflater {
  writeSync(
    flush: number,
    packed: Uint8Array,
    from: number,
    count: number,
    out: Uint8Array,
    at: number,
    room: number,
  ): void
}

interface Internals {
  _handle: Inflater
  /** After a write: room that is left in `out`, bytes that are left of `packed`. */
  _writeState: Uint32Array
}

/** Fits the caches of a processor. */
const CHUNK = 128 * 1024

/**
 * Unpacks a large gzip stream into the same memory again and again. A stream of Node gives every chunk memory of its own; until
 * the garbage collector finds it, that is a hundred megabytes, none of them in a cache.
 * @returns undefined where this Node's zlib is made in another way
 */
export function gunzipInPlace(chunks: PassingChunks): PassingChunks | undefined {
  return isKnownZlib() ? unpack(chunks) : undefined
}

async function* unpack(chunks: PassingChunks): AsyncGenerator<Uint8Array, void, undefined> {
  const unpacker = createUnpacker(CHUNK)
  try {
    for await (const chunk of chunks) {
      yield* unpacker.write(chunk, constants.Z_NO_FLUSH)
      if (unpacker.isEnded) return
    }
    // Tells where the stream is cut off.
    yield* unpacker.write(new Uint8Array(0), constants.Z_FINISH)
  } finally {
    unpacker.close()
  }
}

function createUnpacker(size: number) {
  const stream = createGunzip()
  // What is wrong is asked for after each write; nobody else needs to hear of it.
  stream.on('error', () => {})
  const { _handle: handle, _writeState: state } = stream as unknown as Internals
  const out = Buffer.allocUnsafe(size)
  const unpacker = { isEnded: false, write, close: () => stream.destroy() }
  return unpacker

  function* write(packed: Uint8Array, flush: number): Generator<Uint8Array, void, undefined> {
    for (let left = packed.length; ; ) {
      handle.writeSync(flush, packed, packed.length - left, left, out, 0, size)
      if (stream.errored) throw asProblem(stream.errored, 'gzip')
      const [room = 0, rest = 0] = state
      left = rest
      if (room < size) yield out.subarray(0, size - room)
      if (room === 0) continue
      // What zlib does not take stands behind the end.
      unpacker.isEnded = left > 0
      return
    }
  }
}

let isKnown: boolean | undefined

/** Tries it out: it is no part of what Node promises. */
function isKnownZlib(): boolean {
  isKnown ??= unpacksSample()
  return isKnown
}

/** The letter `a`, packed. */
const sample = Buffer.from('1f8b08000000000000034b040043beb7e801000000', 'hex')

function unpacksSample(): boolean {
  try {
    const unpacker = createUnpacker(16)
    const parts = [...unpacker.write(sample, constants.Z_FINISH)].map(part => part.toString())
    unpacker.close()
    return parts.join('') === 'a'
  } catch {
    return false
  }
}
