import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { CorruptObjectError } from './git-object.ts'
import { type HashName, hashBytes } from './object-id.ts'

/**
 * The index of a pack (https://git-scm.com/docs/pack-format#_version_2_pack_idx_files_support_packs_larger_than_4_gib):
 * names in ascending order, and for each the offset of its entry. Plain data over shared memory, so that threads
 * can read the same index.
 */
export interface PackIndex {
  count: number
  /** Bytes of a name. */
  hashSize: number
  /** The names: number `i` begins at `idStart + i * idStride`. */
  bytes: Uint8Array
  idStart: number
  idStride: number
  /** Number → offset of the entry in the pack; out of range for a damaged index. */
  offsets: Float64Array
}

const HEADER = 8
const FANOUT = 1024

/** @throws CorruptObjectError for a file that is no index, is cut off, or has a version that we do not know */
export function readPackIndex(path: string, hash: HashName): PackIndex {
  const bytes = readShared(path)
  const view = Buffer.from(bytes.buffer, 0, bytes.length)
  const hashSize = hashBytes[hash]
  const hasHeader = bytes.length >= HEADER && view.readUInt32BE(0) === 0xff744f63
  const version = hasHeader ? view.readUInt32BE(4) : 1
  if (version > 2) throw new CorruptObjectError(`${path}: version ${version} of a pack index is not known`)
  const fanout = hasHeader ? HEADER : 0
  const names = fanout + FANOUT
  if (bytes.length < names + 2 * hashSize) throw new CorruptObjectError(`${path}: cut off`)
  const count = view.readUInt32BE(fanout + 255 * 4)
  return version === 1
    ? readVersion1(path, bytes, view, { count, hashSize, names })
    : readVersion2(path, bytes, view, { count, hashSize, names })
}

interface Layout {
  count: number
  hashSize: number
  names: number
}

/** Version 1: offset and name side by side. */
function readVersion1(
  path: string,
  bytes: Uint8Array,
  view: Buffer,
  { count, hashSize, names }: Layout,
): PackIndex {
  const stride = 4 + hashSize
  checkLength(path, bytes, names + count * stride + 2 * hashSize)
  const offsets = sharedFloats(count)
  for (let i = 0; i < count; i++) offsets[i] = view.readUInt32BE(names + i * stride)
  return { count, hashSize, bytes, idStart: names + 4, idStride: stride, offsets }
}

/** Version 2: names, checksums, offsets below 2³¹ or the number of an offset in a last table. */
function readVersion2(
  path: string,
  bytes: Uint8Array,
  view: Buffer,
  { count, hashSize, names }: Layout,
): PackIndex {
  const short = names + count * (hashSize + 4)
  const long = short + count * 4
  checkLength(path, bytes, long + 2 * hashSize)
  const longCount = Math.floor((bytes.length - 2 * hashSize - long) / 8)
  const offsets = sharedFloats(count)
  for (let i = 0; i < count; i++) {
    const at = short + i * 4
    const offset =
      ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
    offsets[i] = offset < 0x80000000 ? offset : readLong(offset - 0x80000000)
  }
  return { count, hashSize, bytes, idStart: names, idStride: hashSize, offsets }

  function readLong(number: number): number {
    if (number >= longCount) return Number.NaN
    const at = long + number * 8
    return view.readUInt32BE(at) * 0x1_0000_0000 + view.readUInt32BE(at + 4)
  }
}

/** The number of a name, or -1. */
export function findInPack(index: PackIndex, id: Uint8Array): number {
  const { bytes, idStart, idStride, hashSize, count } = index
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    const order = compareName(bytes, idStart + middle * idStride, id, hashSize)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle
  }
  return -1
}

function compareName(bytes: Uint8Array, start: number, id: Uint8Array, hashSize: number): number {
  for (let i = 0; i < hashSize; i++) {
    const difference = bytes[start + i]! - id[i]!
    if (difference !== 0) return difference
  }
  return 0
}

export function idInPack({ bytes, idStart, idStride, hashSize }: PackIndex, number: number): Buffer {
  const start = idStart + number * idStride
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, hashSize)
}

function checkLength(path: string, bytes: Uint8Array, least: number): void {
  if (bytes.length < least) throw new CorruptObjectError(`${path}: cut off`)
}

function sharedFloats(count: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(count * 8))
}

function readShared(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const bytes = new Uint8Array(new SharedArrayBuffer(size))
    let filled = 0
    while (filled < size) {
      const count = readSync(file, bytes, filled, size - filled, filled)
      if (count === 0) break
      filled += count
    }
    return bytes
  } finally {
    closeSync(file)
  }
}
