import type { ArchiveLimits } from '../../archive/limits.ts'
import type { ScanRequest } from './scan-run.ts'

export function archiveLimitsOf(request: ScanRequest): ArchiveLimits {
  return {
    depth: request.maxArchiveDepth,
    entries: request.maxArchiveEntries,
    bytes: request.maxArchiveSize,
    ratio: request.maxArchiveRatio,
  }
}
