import type { Chunks } from '../byte-reader.ts'
import { inflateStream } from './inflate-stream.ts'

/** RFC 1952; several members in a row are one file. */
export function unpackGzip(chunks: Chunks): Chunks {
  return inflateStream(chunks, 'gzip')
}
