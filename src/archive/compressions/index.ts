import type { Chunks } from '../byte-reader.ts'
import type { Compression } from '../format.ts'
import { unpackBzip2 } from './bzip2/unpack-bzip2.ts'
import type { Spend } from './effort.ts'
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
