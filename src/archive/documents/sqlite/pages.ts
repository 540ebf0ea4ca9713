import { CorruptArchive } from '../../problems.ts'
import type { RandomAccess } from '../../random-access.ts'

/** The pages of a database, which count from 1. */
export interface Pages {
  count: number
  /** Bytes of a page that may hold something. */
  usable: number
  encoding: 'utf8' | 'utf16le' | 'utf16be'
  read(page: number): Buffer
}

const ENCODINGS = ['utf8', 'utf8', 'utf16le', 'utf16be'] as const

/** Reads the header (Database File Format, section 1.3). */
export function openPages(access: RandomAccess): Pages {
  const header = Buffer.from(access.read(0, 100))
  if (header.length < 100) throw new CorruptArchive('ends too early')
  const written = header.readUInt16BE(16)
  const size = written === 1 ? 65_536 : written
  if (size < 512 || size > 65_536 || (size & (size - 1)) !== 0)
    throw new CorruptArchive('a size of pages that does not exist')
  return {
    count: Math.floor(access.size / size),
    usable: size - (header[20] ?? 0),
    encoding: ENCODINGS[header.readUInt32BE(56)] ?? 'utf8',
    read: page => Buffer.from(access.read((page - 1) * size, size)),
  }
}
