import { detectEncoding } from '../../encoding/detect-encoding.ts'
import type { PlacedMatch } from '../../findings/collect-findings.ts'
import type { StagedEntry } from '../../git/list-staged.ts'
import type { Content } from '../../model.ts'
import { openContent } from '../../sources/open-content.ts'
import { type ReadBlob, readStaged } from '../../sources/staged.ts'
import { archiveLimitsOf } from './archive-limits.ts'
import { createPathFilter } from './path-filter.ts'
import type { ScanRun } from './scan-run.ts'

export interface SearchedFile {
  matches: readonly PlacedMatch[]
  /** The lines that a commit adds or changes tell which matches it brings; else all count. */
  haveLines: boolean
}

/** Searches a file of the index or of a commit. */
export type FileSearch = (
  entry: StagedEntry,
  readBlob: ReadBlob,
  touching?: Content['touching'],
) => Promise<SearchedFile>

export async function createFileSearch(run: ScanRun): Promise<FileSearch> {
  const { request, project, coverage, scanContent } = run
  const isWanted = await createPathFilter(request, project, path => path)
  const options = { maxFileSize: request.maxFileSize, isWanted }
  const limits = archiveLimitsOf(request)
  return async (entry, readBlob, touching) => {
    const content = readStaged(entry, readBlob, options, coverage)
    if (!content) return { matches: [], haveLines: true }
    const matches: PlacedMatch[] = []
    const pending = openContent(touching ? { ...content, touching } : content, limits, coverage, part =>
      matches.push(...scanContent(part)),
    )
    await pending
    // An archive has no lines that a commit could change, and git counts lines by single bytes, which in UTF-16 are none.
    const haveLines = !pending && (matches.length === 0 || !detectEncoding(content.bytes))
    return { matches, haveLines }
  }
}
