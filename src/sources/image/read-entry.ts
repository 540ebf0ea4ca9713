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

/** Reads the files of one layer. */
export function createEntryReader(
  layer: Layer,
  { archives, maxFileSize }: { archives: ArchiveLimits; maxFileSize: number },
  coverage: CoverageTally,
  visitFile: VisitFile,
) {
  /** Of the current file. */
  let number = 0
  const visit = (content: Content) => visitFile(content, number)
  const originOf = ({ path }: FileName) => originIn(layer, path)
  return { file, blob }

  async function file({ name, size, chunks }: TarEntry): Promise<void> {
    number++
    if (size > maxFileSize) coverage.skip('too-large', name.path, size)
    else if (size > partSizes.part) await readLarge(name, chunks)
    else await readSmall(name, chunks)
  }

  /** Not files, but a document about the image. */
  async function blob(chunks: Chunks): Promise<void> {
    await readLarge({ path: nameOfBlob(layer) }, chunks)
  }

  /** By far the commonest, so without detours; of a file that is cut off, what there is. */
  async function readSmall(name: FileName, chunks: Chunks): Promise<void> {
    const parts: Uint8Array[] = []
    let failure: { error: unknown } | undefined
    try {
      for await (const chunk of chunks) parts.push(chunk)
    } catch (error) {
      failure = { error }
    }
    const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
    const content = { bytes, origin: originOf(name), path: name.path }
    if (!detectFormat(bytes)) {
      coverage.read(bytes.length)
      visit(content)
    } else {
      const pending = openContent(content, archives, coverage, visit)
      // What is in an archive counts itself.
      if (pending) await pending
      else coverage.read(bytes.length)
    }
    if (failure) throw failure.error
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
