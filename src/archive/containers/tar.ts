/**
 * tar: POSIX.1-1988 (ustar), POSIX.1-2001 (pax), GNU and what came before them. A header of 512 bytes, the file's bytes
 * filled up to whole blocks of 512, and so on; two blocks of zeros end it, unless somebody concatenated archives.
 */
import { type FileName, toFileName } from '../../system/file-name.ts'
import type { ByteReader } from '../byte-reader.ts'
import { isTarHeader } from '../format.ts'
import { CorruptArchive } from '../problems.ts'
import type { Entry } from './entry.ts'
import { paxRecords } from './pax-records.ts'

const BLOCK = 512
/** Names and attributes of one entry are no longer than this. */
const MOST_ATTRIBUTES = 1024 * 1024

/** What entries without contents of their own say about the next one. */
interface Attributes {
  name?: Buffer
  link?: Buffer
  size?: number
}

export type TarEntryType = 'device' | 'directory' | 'file' | 'link' | 'symlink'

/** Whatever stands in a tar, also what has no contents. */
export interface TarEntry extends Entry {
  type: TarEntryType
  /** Bytes. */
  size: number
  /** What a link leads to. */
  link?: FileName
  /** All its bytes, instead of `chunks`, where they are at hand. */
  takeAtHand(): Uint8Array | undefined
}

/** What tar is read from. */
export type TarBytes = Pick<ByteReader, 'read' | 'readAtHand' | 'skip' | 'take'>

/** The files that are not empty. */
export async function* readTar(bytes: TarBytes): AsyncGenerator<Entry, void, undefined> {
  for await (const entry of readTarEntries(bytes)) if (entry.size > 0) yield entry
}

export async function* readTarEntries(bytes: TarBytes): AsyncGenerator<TarEntry, void, undefined> {
  let attributes: Attributes = {}
  let isEnded = false
  let problem: CorruptArchive | undefined
  const cut = () => {
    problem ??= new CorruptArchive('ends too early')
    return problem
  }
  for (;;) {
    const header = bytes.readAtHand(BLOCK) ?? (await bytes.read(BLOCK))
    if (header.length === 0) return
    if (header[0] === 0 && header.every(byte => byte === 0)) {
      isEnded = true
      continue
    }
    if (header.length < BLOCK || !isTarHeader(header)) {
      // Behind the end there may be anything.
      if (isEnded) return
      throw new CorruptArchive(header.length < BLOCK ? 'ends too early' : 'not valid tar')
    }
    isEnded = false
    const type = String.fromCharCode(header[156] ?? 0)
    const size = attributes.size ?? readSize(header)
    if ('LKxg'.includes(type)) {
      attributes = { ...attributes, ...(await readAttributes(bytes, type, readSize(header))) }
      continue
    }
    const name = nameOf(header, attributes)
    const link = '12'.includes(type) ? toFileName(attributes.link ?? textAt(header, 157, 100)) : undefined
    if (type === 'S') await skipSparseMap(bytes, header)
    const left = { count: hasContents(type) ? size : 0 }
    const padding = -left.count & (BLOCK - 1)
    yield {
      name,
      type: typeOf(type),
      size: left.count,
      ...(link ? { link } : {}),
      chunks: takeContents(bytes, left, cut),
      takeAtHand() {
        const whole = bytes.readAtHand(left.count)
        if (whole) left.count = 0
        return whole
      },
    }
    const rest = left.count + padding
    // Some writers, as `umoci insert`, do not fill up the last block.
    if (!bytes.readAtHand(rest) && (await bytes.skip(rest)) < left.count) throw cut()
    attributes = {}
  }
}

/** Links, devices and directories have none, whatever their size says. */
function hasContents(type: string): boolean {
  return !'123456'.includes(type)
}

function typeOf(type: string): TarEntryType {
  const types: Readonly<Record<string, TarEntryType>> = {
    1: 'link',
    2: 'symlink',
    3: 'device',
    4: 'device',
    5: 'directory',
    6: 'device',
  }
  return types[type] ?? 'file'
}

/** What is missing is said once, by the same error here and where the rest is passed over. */
async function* takeContents(bytes: TarBytes, left: { count: number }, cut: () => CorruptArchive) {
  for await (const chunk of bytes.take(left.count)) {
    left.count -= chunk.length
    yield chunk
  }
  if (left.count > 0) throw cut()
}

/** Octal digits, or a number of 64 bits where the first bit is set. */
function readSize(header: Uint8Array): number {
  const field = Buffer.from(header.buffer, header.byteOffset + 124, 12)
  if ((field[0] ?? 0) & 0x80) {
    const size = field.readBigUInt64BE(4)
    if (size > BigInt(Number.MAX_SAFE_INTEGER)) throw new CorruptArchive('a file larger than any')
    return Number(size)
  }
  const digits = /^[ \0]*([0-7]*)/.exec(field.toString('latin1'))?.[1]
  return digits ? Number.parseInt(digits, 8) : 0
}

function nameOf(header: Uint8Array, { name }: Attributes): FileName {
  if (name) return toFileName(name)
  const own = textAt(header, 0, 100)
  // GNU tar keeps times where POSIX has the beginning of a long name.
  const isPosix = textAt(header, 257, 8).equals(Buffer.from('ustar'))
  const prefix = isPosix ? textAt(header, 345, 155) : Buffer.alloc(0)
  return toFileName(prefix.length ? Buffer.concat([prefix, Buffer.from('/'), own]) : own)
}

/** Up to the first NUL. */
function textAt(header: Uint8Array, start: number, length: number): Buffer {
  const field = Buffer.from(header.buffer, header.byteOffset + start, length)
  const end = field.indexOf(0)
  return end < 0 ? field : field.subarray(0, end)
}

async function readAttributes(bytes: TarBytes, type: string, size: number): Promise<Attributes> {
  if (size > MOST_ATTRIBUTES) throw new CorruptArchive('a name that is longer than any')
  const body = Buffer.from(await bytes.read(size))
  if (body.length < size) throw new CorruptArchive('ends too early')
  await bytes.skip(-size & (BLOCK - 1))
  if (type === 'L') return { name: textAt(body, 0, body.length) }
  if (type === 'K') return { link: textAt(body, 0, body.length) }
  const records = paxRecords(body)
  const name = records.get('GNU.sparse.name') ?? records.get('path')
  const link = records.get('linkpath')
  const length = Number(records.get('size')?.toString('latin1') ?? Number.NaN)
  return {
    ...(name && type === 'x' ? { name } : {}),
    ...(link && type === 'x' ? { link } : {}),
    ...(Number.isSafeInteger(length) && length >= 0 && type === 'x' ? { size: length } : {}),
  }
}

/** GNU's list of the parts of a file that is not all there; we read the parts in a row. */
async function skipSparseMap(bytes: TarBytes, header: Uint8Array): Promise<void> {
  let goesOn = header[482] === 1
  while (goesOn) {
    const block = await bytes.read(BLOCK)
    if (block.length < BLOCK) throw new CorruptArchive('ends too early')
    goesOn = block[504] === 1
  }
}
