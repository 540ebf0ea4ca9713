/**
 * A table of refs and their logs (https://git-scm.com/docs/reftable): blocks of sorted records, each record with what it
 * shares with the one before left out. Indexes in the file are passed over, as everything is read.
 */
import { inflateSync } from 'node:zlib'
import { CorruptObjectError } from './git-object.ts'
import type { ObjectId } from './object-id.ts'

/** A ref as one table knows it; without an object and a target it was removed. */
export interface TableRef {
  name: string
  id?: ObjectId
  /** Of a symbolic ref: the ref that it stands for. */
  target?: string
}

/** A line of a ref's log. */
export interface TableLog {
  name: string
  /** Orders the lines of one ref; a later table can replace or remove a line by it. */
  update: bigint
  /** Undefined for a line that was removed. */
  change?: { before: ObjectId; after: ObjectId; committer: string; message: string }
}

export interface Reftable {
  refs: TableRef[]
  logs: TableLog[]
}

const MAGIC = 'REFT'
/** Behind the first three bytes of a block's size. */
const BLOCK_HEADER = 4
/** Bytes of the file's end that repeat its header and say where sections begin, by version. */
const footers: Readonly<Record<number, number>> = { 1: 68, 2: 72 }
const headers: Readonly<Record<number, number>> = { 1: 24, 2: 28 }
/** A log block that is larger than this was not written by git, which writes some kilobytes. */
const LARGEST_BLOCK = 2 ** 24

/** @throws CorruptObjectError for a file that is no table, or is damaged or cut off */
export function readReftable(bytes: Buffer, path: string): Reftable {
  const version = bytes.toString('latin1', 0, 4) === MAGIC ? (bytes[4] ?? 0) : 0
  const [header, footer] = [headers[version], footers[version]]
  if (header === undefined || footer === undefined || bytes.length < header + footer)
    throw new CorruptObjectError(`${path}: not a reftable of a version that we know`)
  const isCut = bytes.toString('latin1', bytes.length - footer, bytes.length - footer + 4) !== MAGIC
  if (isCut) throw new CorruptObjectError(`${path}: cut off`)
  const hashSize = version === 2 && bytes.toString('latin1', 24, 28) === 's256' ? 32 : 20
  const table: Reftable = { refs: [], logs: [] }
  try {
    readBlocks(bytes.subarray(0, bytes.length - footer), header, hashSize, table)
  } catch (error) {
    throw new CorruptObjectError(`${path}: damaged`, { cause: error })
  }
  return table
}

function readBlocks(bytes: Buffer, header: number, hashSize: number, table: Reftable): void {
  const aligned = bytes.readUIntBE(5, 3)
  for (let at = 0; at < bytes.length; ) {
    const start = at === 0 ? header : at
    if (start >= bytes.length) return
    const type = String.fromCharCode(bytes[start] ?? 0)
    const size = bytes.readUIntBE(start + 1, 3)
    if (size < start - at + BLOCK_HEADER) throw new RangeError(`a block of ${size} bytes`)
    if (type === 'g') {
      const { block, length } = inflateLog(bytes, start, size - (start - at))
      for (const record of records(block)) table.logs.push(readLog(record, hashSize))
      at = start + length
      continue
    }
    const end = at + size
    if (end > bytes.length) throw new RangeError('a block that is cut off')
    if (type === 'r') {
      for (const record of records(bytes.subarray(start + BLOCK_HEADER, end)))
        table.refs.push(readRef(record, hashSize))
    }
    // Blocks of refs are filled up with NULs, unless the table is not aligned.
    at = size < aligned && bytes[end] === 0 ? at + aligned : end
  }
}

/** Records and restart points of a log block are compressed; how long that is only its end tells. */
function inflateLog(bytes: Buffer, start: number, size: number): { block: Buffer; length: number } {
  if (size > LARGEST_BLOCK) throw new RangeError(`a block of ${size} bytes`)
  const { buffer, engine } = inflateSync(bytes.subarray(start + BLOCK_HEADER), {
    info: true,
    maxOutputLength: Math.max(1, size - BLOCK_HEADER),
  }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } }
  return { block: buffer, length: BLOCK_HEADER + engine.bytesWritten }
}

interface RawRecord {
  key: Buffer
  type: number
  value: Cursor
}

function* records(block: Buffer): Generator<RawRecord> {
  const end = block.length - 2 - 3 * block.readUInt16BE(block.length - 2)
  if (end < 0) throw new RangeError('more restart points than bytes')
  const cursor = new Cursor(block.subarray(0, end))
  let key: Buffer = Buffer.alloc(0)
  while (!cursor.isAtEnd) {
    const shared = cursor.number()
    const rest = cursor.number()
    if (shared > key.length) throw new RangeError('a name that begins like none')
    key = Buffer.concat([key.subarray(0, shared), cursor.take(Math.floor(rest / 8))])
    yield { key, type: rest % 8, value: cursor }
  }
}

function readRef({ key, type, value }: RawRecord, hashSize: number): TableRef {
  const name = key.toString('utf8')
  value.number()
  if (type === 0) return { name }
  if (type === 3) return { name, target: value.text() }
  if (type !== 1 && type !== 2) throw new RangeError(`a ref of type ${type}`)
  const id = value.take(hashSize).toString('hex')
  // What a tag stands for.
  if (type === 2) value.take(hashSize)
  return { name, id }
}

/** The key is the ref's name, a NUL, and the update counted backwards, so that the newest line comes first. */
function readLog({ key, type, value }: RawRecord, hashSize: number): TableLog {
  const end = key.length - 9
  if (end < 0 || key[end] !== 0) throw new RangeError('a log without a ref')
  const line = { name: key.toString('utf8', 0, end), update: ~key.readBigInt64BE(end + 1) }
  if (type === 0) return line
  if (type !== 1) throw new RangeError(`a log of type ${type}`)
  const before = value.take(hashSize).toString('hex')
  const after = value.take(hashSize).toString('hex')
  const [name, email] = [value.text(), value.text()]
  const seconds = value.number()
  // The time zone.
  value.take(2)
  const committer = `${name} <${email}> ${seconds}`
  return { ...line, change: { before, after, committer, message: value.text() } }
}

class Cursor {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  /** Seven bits a byte, the highest ones first; each further byte counts from one more. */
  number(): number {
    let value = -1
    for (let byte = 0x80; byte & 0x80; ) {
      byte = this.take(1).readUInt8()
      value = (value + 1) * 128 + (byte & 0x7f)
    }
    return value
  }

  take(count: number): Buffer {
    const end = this.#at + count
    if (end > this.#bytes.length) throw new RangeError('a record that is cut off')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }

  text(): string {
    return this.take(this.number()).toString('utf8')
  }
}
