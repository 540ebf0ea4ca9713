import xz from 'xz-decompress'
import type { Chunks } from '../byte-reader.ts'
import { asProblem } from '../problems.ts'

/** The .xz format of XZ Utils; several streams in a row are one file. */
export async function* unpackXz(chunks: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const chunk of new xz.XzReadableStream(ReadableStream.from(chunks))) yield chunk
  } catch (error) {
    throw asProblem(error, 'xz')
  }
}
