import xz from 'xz-decompress'
import type { Chunks } from '../byte-reader.ts'
import { asProblem, UnsupportedArchive } from '../problems.ts'

/** The .xz format of XZ Utils; several streams in a row are one file. */
export async function* unpackXz(chunks: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const chunk of new xz.XzReadableStream(ReadableStream.from(chunks))) yield chunk
  } catch (error) {
    if (isOfOtherKind(error)) throw new UnsupportedArchive('a check or a filter of xz', { cause: error })
    throw asProblem(error, 'xz')
  }
}

/** XZ_OPTIONS_ERROR of the library: SHA-256 instead of a CRC, or a filter for programs. */
function isOfOtherKind(error: unknown): boolean {
  return error instanceof Error && /error code 6$/.test(error.message)
}
