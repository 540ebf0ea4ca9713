import { type Chunks, keepChunks, type PassingChunks } from '../byte-reader.ts'
import type { Compression, Format } from '../format.ts'
import { unpackBzip2 } from './bzip2/unpack-bzip2.ts'
import type { Spend } from './effort.ts'
import { gunzipInPlace } from './gunzip-in-place.ts'
import { unpackGzip } from './gzip.ts'
import { unpackXz } from './xz.ts'
import { unpackZstd } from './zstd.ts'

export type Unpack = (chunks: Chunks, spend: Spend) => Chunks

/** Give what is packed as far as it goes, and then throw a `CorruptArchive` where it is cut or damaged. */
export const compressions = {
  bzip2: unpackBzip2,
  gzip: unpackGzip,
  xz: unpackXz,
  zstd: unpackZstd,
} satisfies Record<Compression, Unpack>

export function isCompression(format: Format | undefined): format is Compression {
  return format !== undefined && Object.hasOwn(compressions, format)
}

/** Unpacks a large stream, as far as can be into the same memory again and again. */
export function unpackPassing(format: Compression, chunks: PassingChunks, spend: Spend): PassingChunks {
  const inPlace = format === 'gzip' ? gunzipInPlace(chunks) : undefined
  return inPlace ?? compressions[format](keepChunks(chunks), spend)
}
