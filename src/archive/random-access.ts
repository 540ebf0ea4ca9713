import { fstatSync, readSync } from 'node:fs'

/** Bytes that can be read at any place, such as an open file. */
export interface RandomAccess {
  size: number
  /** The bytes from there on: as many as asked, or fewer at the end. */
  read(position: number, length: number): Uint8Array
}

export function bufferAccess(bytes: Uint8Array): RandomAccess {
  return { size: bytes.length, read: (position, length) => bytes.subarray(position, position + length) }
}

/** A file stays open as long as it is read. */
export function fileAccess(file: number): RandomAccess {
  return {
    size: fstatSync(file).size,
    read(position, length) {
      const bytes = Buffer.allocUnsafe(length)
      let filled = 0
      while (filled < length) {
        const count = readSync(file, bytes, filled, length - filled, position + filled)
        if (count === 0) break
        filled += count
      }
      return bytes.subarray(0, filled)
    },
  }
}

const CHUNK = 256 * 1024

/** A stretch of an open file, through one piece of memory. Between two chunks whatever else waits has its turn. */
export async function* fileChunks(
  file: number,
  start = 0,
  end = fstatSync(file).size,
): AsyncGenerator<Uint8Array, void, undefined> {
  const memory = Buffer.allocUnsafe(CHUNK)
  for (let at = start; at < end; ) {
    const count = readSync(file, memory, 0, Math.min(CHUNK, end - at), at)
    if (count === 0) return
    yield memory.subarray(0, count)
    at += count
    await new Promise(setImmediate)
  }
}

/** A stretch of them as a stream. */
export async function* chunksOf(
  access: RandomAccess,
  start = 0,
  end = access.size,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = start; at < end; at += CHUNK) {
    const chunk = access.read(at, Math.min(CHUNK, end - at))
    if (chunk.length === 0) return
    yield chunk
  }
}
