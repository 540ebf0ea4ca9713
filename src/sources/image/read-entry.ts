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

/** Reads the files of one layer. */
export function createEntryReader(
  { digest, diffId, annotations, mediaType }: Layer,
  { archives, maxFileSize }: { archives: ArchiveLimits; maxFileSize: number },
  coverage: CoverageTally,
  visit: (content: Content) => void,
) {
  return { file, blob }

  async function file({ name, size, chunks }: TarEntry): Promise<void> {
    if (size > maxFileSize) coverage.skip('too-large', name.path, size)
    else if (size > partSizes.part) await readLarge(name, chunks)
    else await readSmall(name, chunks)
  }

  /** Not files, but a document about the image. */
  async function blob(chunks: Chunks): Promise<void> {
    await readLarge({ path: nameOfBlob(annotations, mediaType) }, chunks)
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

  /** Which image it belongs to, and what became of it, is not known here. */
  function originOf({ path }: FileName): Origin {
    return { kind: 'layer', image: '', layer: digest, diffId, path, deletedLater: false }
  }
}

/** What ORAS and BuildKit say about a blob; it has no name of its own. */
function nameOfBlob(annotations: Readonly<Record<string, string>>, mediaType: string): string {
  const title = annotations['org.opencontainers.image.title']
  if (title) return title
  const extension = /json/.test(mediaType) ? '.json' : /text/.test(mediaType) ? '.txt' : ''
  const predicate = annotations['in-toto.io/predicate-type']
    ?.replace(/^\w+:\/\//, '')
    .replace(/[^\w.-]+/g, '-')
  return `${predicate ?? 'blob'}${extension}`
}
