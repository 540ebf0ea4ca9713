import { ByteReader, keepChunks, type PassingChunks } from '../../archive/byte-reader.ts'
import type { TarEntry } from '../../archive/containers/tar.ts'
import { detectFormat, headLength, isReadFromEnd } from '../../archive/format.ts'
import type { ArchiveLimits } from '../../archive/limits.ts'
import { isArchiveProblem } from '../../archive/problems.ts'
import { bufferAccess } from '../../archive/random-access.ts'
import { mostInMemory, skipReasonOf } from '../../archive/walk-archive.ts'
import type { CoverageTally } from '../../coverage.ts'
import type { Content, Origin } from '../../model.ts'
import type { Layer } from '../../oci/image.ts'
import type { FileName } from '../../system/file-name.ts'
import { openContent } from '../open-content.ts'
import { layerPartSizes } from '../part-position.ts'
import { readArchive } from '../read-archive.ts'
import { splitIntoParts } from '../split-into-parts.ts'
import { nameOfBlob } from './name-of-blob.ts'
import {
  type FileIdentity,
  identify,
  mayBePublished,
  mostOfPackage,
  type PackageRecorder,
  watchIdentity,
} from './published-files.ts'

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
  packages: PackageRecorder,
) {
  /** Of the current file. */
  let number = 0
  /** Of files that are not searched as one content. */
  const identities: [file: number, identity: FileIdentity][] = []
  const visit = (content: Content) => visitFile(content, number)
  const originOf = ({ path }: FileName) => originIn(layer, path)
  return { file, blob, identities }

  function file(entry: TarEntry): void | Promise<void> {
    const { name, size, chunks } = entry
    number++
    if (size > maxFileSize) return coverage.skip('too-large', name.path, size)
    const isDatabase = size <= mostOfPackage && packages.isPart(name.path)
    if (size > layerPartSizes.part && !isDatabase) return readLarge(name, chunks, size)
    const bytes = entry.takeAtHand()
    return bytes ? search(name, bytes) : readSmall(name, size, chunks, isDatabase)
  }

  /** Not files, but a document about the image. */
  async function blob(chunks: PassingChunks): Promise<void> {
    await readLarge({ path: nameOfBlob(layer) }, chunks)
  }

  /** Of a file that is cut off, what there is. */
  async function readSmall(
    name: FileName,
    size: number,
    chunks: PassingChunks,
    isDatabase: boolean,
  ): Promise<void> {
    const whole = isDatabase ? Buffer.allocUnsafe(size) : buffer(size)
    let length = 0
    let failure: { error: unknown } | undefined
    try {
      for await (const chunk of chunks) {
        whole.set(chunk, length)
        length += chunk.length
      }
    } catch (error) {
      failure = { error }
    }
    const pending = search(name, whole.subarray(0, length))
    if (pending) await pending
    if (failure) throw failure.error
  }

  function search(name: FileName, bytes: Uint8Array): void | Promise<void> {
    const content = { bytes, origin: originOf(name), path: name.path }
    if (packages.isPart(name.path)) packages.read(name.path, bytes)
    if (!detectFormat(bytes)) visit(content)
    else {
      if (mayBePublished(name.path)) identities.push([number, identify(name.path, bytes)])
      // What is in an archive counts itself.
      const pending = openContent(content, archives, coverage, visit)
      if (pending) return pending
    }
    coverage.read(bytes.length)
  }

  async function readLarge(name: FileName, chunks: PassingChunks, size?: number): Promise<void> {
    const reader = new ByteReader(chunks)
    const format = detectFormat(await reader.peek(headLength))
    if (format) {
      const isHeld = size !== undefined && size <= mostInMemory && isReadFromEnd(format)
      const source = isHeld ? bufferAccess(await gather(reader, size)) : keepChunks(reader.take())
      return readArchive(name, source, originOf, archives, coverage, visit)
    }
    const origin = originOf(name)
    let length = 0
    try {
      for await (const part of splitIntoParts(identified(count()), layerPartSizes, buffer))
        visit({ ...part, origin, path: name.path })
    } catch (error) {
      if (isArchiveProblem(error)) coverage.skip(skipReasonOf(error), name.path)
      throw error
    } finally {
      coverage.read(length)
    }

    function identified(counted: PassingChunks): PassingChunks {
      if (size === undefined || size > mostOfPackage || !mayBePublished(name.path)) return counted
      return watchIdentity(name.path, counted, identity => identities.push([number, identity]))
    }

    async function* count() {
      for await (const chunk of reader.take()) {
        length += chunk.length
        yield chunk
      }
    }
  }
}

async function gather(reader: ByteReader, size: number): Promise<Uint8Array> {
  const whole = Buffer.allocUnsafe(size)
  let length = 0
  for await (const chunk of reader.take()) {
    whole.set(chunk, length)
    length += chunk.length
  }
  return whole.subarray(0, length)
}

/** Which image it belongs to, and what became of it, is not known here. */
export function originIn({ digest, diffId }: Pick<Layer, 'digest' | 'diffId'>, path: string): Origin {
  return { kind: 'layer', image: '', layer: digest, diffId, path, deletedLater: false }
}
