import type { Chunks } from '../archive/byte-reader.ts'
import type { ArchiveLimits } from '../archive/limits.ts'
import type { RandomAccess } from '../archive/random-access.ts'
import { walkArchive } from '../archive/walk-archive.ts'
import type { CoverageTally } from '../coverage.ts'
import type { Content, Origin } from '../model.ts'
import type { FileName } from '../system/file-name.ts'
import { splitIntoParts } from './split-into-parts.ts'

/** Hands on what is in an archive, a content for each file, named `outer.zip!inner`. */
export async function readArchive(
  name: FileName,
  source: RandomAccess | Chunks,
  originOf: (name: FileName) => Origin,
  limits: ArchiveLimits,
  coverage: CoverageTally,
  visit: (content: Content) => void,
): Promise<void> {
  await walkArchive(name, source, limits, {
    async visit(inner, chunks) {
      let bytes = 0
      const origin = originOf(inner)
      try {
        for await (const part of splitIntoParts(count(chunks))) visit({ ...part, origin, path: inner.path })
      } finally {
        coverage.read(bytes)
      }

      async function* count(chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          bytes += chunk.length
          yield chunk
        }
      }
    },
    skip: (reason, path) => coverage.skip(reason, path),
  })
}
