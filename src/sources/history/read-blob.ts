import type { ArchiveLimits } from '../../archive/limits.ts'
import type { CoverageTally } from '../../coverage.ts'
import type { ObjectId } from '../../git/object-id.ts'
import type { Content, Origin } from '../../model.ts'
import type { FileName } from '../../system/file-name.ts'
import { openContent } from '../open-content.ts'

/** A blob under one of its paths; the empty path stands for none. */
export interface BlobUnit extends FileName {
  id: ObjectId
}

/** Reads a blob, and what is in it where it is an archive. Their origin says the blob and the path, and no commit yet. */
export function createBlobReader(
  bytesOf: (id: ObjectId) => Uint8Array | undefined,
  limits: ArchiveLimits,
  coverage: CoverageTally,
): (unit: BlobUnit, visit: (content: Content) => void) => void | Promise<void> {
  return ({ id, ...name }, visit) => {
    const bytes = bytesOf(id)
    if (!bytes) return
    const origin: Origin = {
      kind: 'commit',
      commit: '',
      ...name,
      author: '',
      date: '',
      inHead: false,
      object: id,
    }
    return openContent({ bytes, origin, path: name.path }, limits, coverage, visit)
  }
}
