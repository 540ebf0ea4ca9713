import type { Chunks } from '../../archive/byte-reader.ts'
import type { TarEntry } from '../../archive/containers/tar.ts'
import { detectFormat } from '../../archive/format.ts'
import type { ArchiveLimits } from '../../archive/limits.ts'
import type { CoverageTally } from '../../coverage.ts'
import type { Content, Origin } from '../../model.ts'
import type { Layer } from '../../oci/image.ts'
import type { FileName } from '../../system/file-name.ts'
import { openContent } from '../open-content.ts'
import { partSizes } from '../part-position.ts'
import { readArchive } from '../read-archive.ts'

/** Is given contents together with the number of their file in the layer. */
export type VisitFile = (content: Content, file: number) => void

export interface EntryOptions {
  archives: ArchiveLimits
  maxFileSize: number
  /** Memory for a file that comes in several chunks; the same for each. */
  buffer: (size: number) => Uint8Array
}

/** Reads the files of one layer. */
export function createEntryReader(
  layer: Layer,
  { archives, maxFileSize, buffer }: EntryOptions,
  coverage: CoverageTally,
  visitFile: VisitFile,
) {
  /** Of the current file. */
  let number = 0
  const visit = (content: Content) => visitFile(content, number)
  const originOf = ({ path }: FileName) => originIn(layer, path)
  return { file, blob }

  function file(entry: TarEntry): void | Promise<void> {
    const { name, size, chunks } = entry
    number++
    if (size > maxFileSize) return coverage.skip('too-large', name.path, size)
    if (size > partSizes.part) return readLarge(name, chunks)
    const bytes = entry.takeAtHand()
    return bytes ? search(name, bytes) : readSmall(name, size, chunks)
  }

  /** Not files, but a document about the image. */
  async function blob(chunks: Chunks): Promise<void> {
    await readLarge({ path: nameOfBlob(layer) }, chunks)
  }

  /** Of a file that is cut off, what there is. */
  async function readSmall(name: FileName, size: number, chunks: Chunks): Promise<void> {
    let bytes: Uint8Array = Buffer.alloc(0)
    let failure: { error: unknown } | undefined
    try {
      for await (const chunk of chunks) bytes = bytes.length === 0 ? chunk : append(bytes, chunk, size)
    } catch (error) {
      failure = { error }
    }
    const pending = search(name, bytes)
    if (pending) await pending
    if (failure) throw failure.error
  }

  function search(name: FileName, bytes: Uint8Array): void | Promise<void> {
    const content = { bytes, origin: originOf(name), path: name.path }
    if (!detectFormat(bytes)) visit(content)
    else {
      // What is in an archive counts itself.
      const pending = openContent(content, archives, coverage, visit)
      if (pending) return pending
    }
    coverage.read(bytes.length)
  }

  /** Chunks are not kept until they are all there: those that grow old are collected late. */
  function append(bytes: Uint8Array, chunk: Uint8Array, size: number): Uint8Array {
    const whole = buffer(size)
    if (bytes.buffer !== whole.buffer) whole.set(bytes)
    whole.set(chunk, bytes.length)
    return whole.subarray(0, bytes.length + chunk.length)
  }

  async function readLarge(name: FileName, chunks: Chunks): Promise<void> {
    await readArchive(name, chunks, originOf, archives, coverage, visit)
  }
}

/** Which image it belongs to, and what became of it, is not known here. */
export function originIn({ digest, diffId }: Layer, path: string): Origin {
  return { kind: 'layer', image: '', layer: digest, diffId, path, deletedLater: false }
}

/** What ORAS and BuildKit say about a blob; it has no name of its own. */
function nameOfBlob({ annotations, mediaType }: Layer): string {
  const title = annotations['org.opencontainers.image.title']
  if (title) return title
  const extension = /json/.test(mediaType) ? '.json' : /text/.test(mediaType) ? '.txt' : ''
  const predicate = annotations['in-toto.io/predicate-type']
    ?.replace(/^\w+:\/\//, '')
    .replace(/[^\w.-]+/g, '-')
  return `${predicate ?? 'blob'}${extension}`
}
