/** What the next commit brings: the index's blobs, not the files of the working tree. */
import type { CoverageTally } from '../coverage.ts'
import { CorruptObjectError, MissingObjectError } from '../git/git-object.ts'
import type { StagedEntry } from '../git/list-staged.ts'
import type { ObjectId } from '../git/object-id.ts'
import type { Content } from '../model.ts'
import { toFileName } from '../system/file-name.ts'

export interface StagedOptions {
  maxFileSize: number
  isWanted: (path: string) => boolean
}

/** A blob, or only its size where that is above the limit. */
export type ReadBlob = (id: ObjectId, limit: number) => { bytes: Buffer } | { size: number }

/**
 * One staged file as it will be committed: filters, line ends and encodings have been applied.
 * @param readBlob throws MissingObjectError, CorruptObjectError
 */
export function readStaged(
  entry: StagedEntry,
  readBlob: ReadBlob,
  { maxFileSize, isWanted }: StagedOptions,
  coverage: CoverageTally,
): Content | undefined {
  const name = toFileName(entry.path)
  if (!isWanted(name.path)) {
    coverage.skip('excluded', name.path)
    return undefined
  }
  try {
    const object = readBlob(entry.id, maxFileSize)
    const size = 'bytes' in object ? object.bytes.length : object.size
    if (!('bytes' in object) || size > maxFileSize) {
      coverage.skip('too-large', name.path, size)
      return undefined
    }
    coverage.read(size)
    return { bytes: object.bytes, origin: { kind: 'file', ...name, tracked: true }, path: name.path }
  } catch (error) {
    if (error instanceof MissingObjectError) coverage.skip('missing-object', name.path)
    else if (error instanceof CorruptObjectError) coverage.skip('corrupt-object', name.path)
    else throw error
    return undefined
  }
}
