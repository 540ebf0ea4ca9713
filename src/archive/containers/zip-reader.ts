import yauzl from 'yauzl'
import type { RandomAccess } from '../random-access.ts'

const END = 22
const LONGEST_COMMENT = 0xffff
const SIGNATURE = 0x06054b50

/**
 * The zip file within some bytes, for yauzl: without what a program to unpack it puts before, and what others put
 * behind it.
 */
export function createZipReader(whole: RandomAccess) {
  const { start, end } = findZip(whole) ?? { start: 0, end: whole.size }
  const access: RandomAccess = {
    size: end - start,
    read: (position, length) => whole.read(start + position, Math.min(length, end - start - position)),
  }
  return Object.assign(new ZipReader(access), { access, size: access.size })
}

class ZipReader extends yauzl.RandomAccessReader {
  readonly #access: RandomAccess

  constructor(access: RandomAccess) {
    super()
    this.#access = access
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, count?: number) => void,
  ): void {
    try {
      const bytes = position >= 0 ? this.#access.read(position, Math.max(0, length)) : new Uint8Array(0)
      buffer.set(bytes, offset)
      callback(bytes.length < length ? new Error('ends too early') : null, bytes.length)
    } catch (error) {
      callback(error instanceof Error ? error : new Error('cannot be read', { cause: error }))
    }
  }
}

/** Whether a zip file ends there, whatever comes before it. */
export function holdsZip(whole: RandomAccess): boolean {
  return findZip(whole) !== undefined
}

/** Offsets count from the zip file's own beginning, which follows from where the list of its entries should end. */
function findZip(whole: RandomAccess): { start: number; end: number } | undefined {
  const from = Math.max(0, whole.size - LONGEST_COMMENT - END - 4096)
  const tail = Buffer.from(whole.read(from, whole.size - from))
  for (let at = tail.length - END; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail.readUInt32LE(at) !== SIGNATURE) continue
    const end = from + at + END + tail.readUInt16LE(at + 20)
    if (end > whole.size) continue
    const listed = tail.readUInt32LE(at + 12) + tail.readUInt32LE(at + 16)
    const start = from + at - listed
    return { start: start > 0 && isEntry(whole, start + tail.readUInt32LE(at + 16)) ? start : 0, end }
  }
  return undefined
}

function isEntry(whole: RandomAccess, at: number): boolean {
  const bytes = whole.read(at, 4)
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 1 && bytes[3] === 2
}
