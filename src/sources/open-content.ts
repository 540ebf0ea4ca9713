import { detectFormat, isZipName } from '../archive/format.ts'
import type { ArchiveLimits } from '../archive/limits.ts'
import { bufferAccess } from '../archive/random-access.ts'
import type { CoverageTally } from '../coverage.ts'
import type { Content, Origin } from '../model.ts'
import type { FileName } from '../system/file-name.ts'

/**
 * Hands on a content that is in memory, or of an archive what is in it, which takes until the promise settles.
 * Its bytes must stay as they are until then.
 */
export function openContent(
  content: Content,
  limits: ArchiveLimits,
  coverage: CoverageTally,
  visit: (content: Content) => void,
): void | Promise<void> {
  if (limits.depth === 0 || !(detectFormat(content.bytes) || isZipName(content.path))) visit(content)
  else return openArchive(content, limits, coverage, visit)
}

async function openArchive(
  { bytes, origin, path }: Content,
  limits: ArchiveLimits,
  coverage: CoverageTally,
  visit: (content: Content) => void,
): Promise<void> {
  // Archives are rare, and the libraries for them take time to load.
  const { readArchive } = await import('./read-archive.ts')
  const shown = nameOf(origin) ?? { path }
  await readArchive(
    shown,
    bufferAccess(bytes),
    name => rename(origin, name),
    limits,
    coverage,
    inner => visit({ ...inner, path: path + inner.path.slice(shown.path.length) }),
  )
}

function nameOf(origin: Origin): FileName | undefined {
  return 'path' in origin && origin.path !== undefined
    ? {
        path: origin.path,
        ...('pathBytes' in origin && origin.pathBytes !== undefined ? { pathBytes: origin.pathBytes } : {}),
      }
    : undefined
}

/** The same origin with another path, where it has one. */
function rename(origin: Origin, { path, pathBytes }: FileName): Origin {
  switch (origin.kind) {
    case 'file':
    case 'commit':
      return { ...origin, path, ...(pathBytes === undefined ? {} : { pathBytes }) }
    case 'object':
    case 'layer':
      return { ...origin, path }
    default:
      return origin
  }
}
