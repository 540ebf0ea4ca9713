import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { CorruptObjectError, MAX_OBJECT } from './git-object.ts'
import type { HashName } from './object-id.ts'
import { type EntryHeader, MAX_HEADER, readEntryHeader } from './pack-entry.ts'
import { type PackIndex, readPackIndex } from './pack-index.ts'
import { orderByOffset } from './pack-order.ts'

/** An open pack as plain data: another thread of this process reads the same open file. */
export interface PackData {
  path: string
  index: PackIndex
  file: number
  size: number
}

/** An open pack. It stays readable when a garbage collection removes its files. */
export class Pack {
  readonly data: PackData
  readonly #hashSize: number
  #order: Uint32Array | undefined

  constructor(data: PackData) {
    this.data = data
    this.#hashSize = data.index.hashSize
  }

  /**
   * @param path the pack's file
   * @throws CorruptObjectError for a file that is no pack of a version that we know, or has no fitting index
   */
  static open(path: string, hash: HashName): Pack {
    const index = readPackIndex(path.replace(/\.pack$/, '.idx'), hash)
    const file = openSync(path, 'r')
    try {
      const pack = new Pack({ path, index, file, size: fstatSync(file).size })
      pack.#checkHeader()
      return pack
    } catch (error) {
      closeSync(file)
      throw error
    }
  }

  close(): void {
    closeSync(this.data.file)
  }

  get path(): string {
    return this.data.path
  }

  get index(): PackIndex {
    return this.data.index
  }

  get size(): number {
    return this.data.size
  }

  #checkHeader(): void {
    const header = this.read(0, 12)
    const isPack = header.length === 12 && header.toString('latin1', 0, 4) === 'PACK'
    if (!isPack) throw new CorruptObjectError(`${this.path}: not a pack`)
    const version = header.readUInt32BE(4)
    if (version !== 2 && version !== 3)
      throw new CorruptObjectError(`${this.path}: version ${version} of a pack is not known`)
  }

  /** Bytes of the file from `position`; fewer where it ends. */
  read(position: number, length: number): Buffer {
    const target = Buffer.allocUnsafe(Math.max(0, Math.min(length, this.size - position)))
    return target.subarray(0, this.readInto(target, 0, target.length, position))
  }

  /** Reads into a given memory and answers with the number of bytes. */
  readInto(target: Uint8Array, at: number, length: number, position: number): number {
    let filled = 0
    while (filled < length) {
      const count = readSync(this.data.file, target, at + filled, length - filled, position + filled)
      if (count === 0) break
      filled += count
    }
    return filled
  }

  /** Numbers of the index in the order of their entries in the file. */
  get order(): Uint32Array {
    this.#order ??= orderByOffset(this.index.offsets)
    return this.#order
  }

  /** Where the entries end: before the checksum. */
  get end(): number {
    return this.size - this.#hashSize
  }

  /** @throws CorruptObjectError */
  readHeader(offset: number): EntryHeader & { base?: Buffer } {
    if (!(offset >= 12 && offset < this.end))
      throw new CorruptObjectError(`${this.path}: no entry at ${offset}`)
    const bytes = this.read(offset, MAX_HEADER)
    const header = readEntryHeader(bytes, 0, bytes.length, this.#hashSize)
    if (!header) throw new CorruptObjectError(`${this.path}: a damaged entry at ${offset}`)
    return header.baseAt
      ? { ...header, base: bytes.subarray(header.baseAt, header.baseAt + this.#hashSize) }
      : header
  }

  /**
   * The inflated data of an entry.
   * @throws CorruptObjectError when it does not inflate to exactly its size
   */
  readData(offset: number, { length, size }: EntryHeader): Buffer {
    const position = offset + length
    const rest = this.end - position
    const likely = Math.min(rest, compressedLimit(size))
    const name = `${this.path}: the entry at ${offset}`
    if (!isPlausible(likely, size)) throw new CorruptObjectError(`${name} is damaged`)
    try {
      return inflateExactly(this.read(position, likely), size, name)
    } catch (error) {
      if (likely === rest) throw error
      return inflateExactly(this.read(position, Math.min(rest, 4 * likely + 65_536)), size, name)
    }
  }
}

/** Data that does not compress grows by five bytes for each 65,535; a poor packer may need more than this. */
export function compressedLimit(size: number): number {
  return size + (size >> 3) + 1024
}

/** Deflate gives at most 1,032 bytes for one: a header that promises more lies. */
export function isPlausible(compressed: number, size: number): boolean {
  return size <= MAX_OBJECT && size <= compressed * 1032
}

/** @throws CorruptObjectError */
export function inflateExactly(compressed: Uint8Array, size: number, name: string): Buffer {
  let data: Buffer
  try {
    // Else the data keeps zlib's usual 16 kB, however small it is. A byte more, or another piece is made for what may follow.
    const chunkSize = Math.max(64, size + 1)
    data = inflateSync(compressed, { maxOutputLength: Math.max(1, size), chunkSize })
  } catch (error) {
    throw new CorruptObjectError(`${name} does not inflate`, { cause: error })
  }
  if (data.length !== size) throw new CorruptObjectError(`${name} has the wrong size`)
  return data
}
