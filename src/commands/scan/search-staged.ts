import { detectEncoding } from '../../encoding/detect-encoding.ts'
import type { PlacedMatch } from '../../findings/collect-findings.ts'
import type { StagedEntry } from '../../git/list-staged.ts'
import type { Content } from '../../model.ts'
import { openContent } from '../../sources/open-content.ts'
import { type ReadBlob, readStaged } from '../../sources/staged.ts'
import { archiveLimitsOf } from './archive-limits.ts'
import { createPathFilter } from './path-filter.ts'
import type { ScanRun } from './scan-run.ts'

/** Matches in a staged file of which those count that touch a line of the commit; the others have been added. */
export type StagedSearch = (
  entry: StagedEntry,
  readBlob: ReadBlob,
  touching?: Content['touching'],
) => Promise<readonly PlacedMatch[]>

export async function createStagedSearch(run: ScanRun): Promise<StagedSearch> {
  const { request, project, coverage, scanContent, add } = run
  const isWanted = await createPathFilter(request, project, path => path)
  const options = { maxFileSize: request.maxFileSize, isWanted }
  const limits = archiveLimitsOf(request)
  return async (entry, readBlob, touching) => {
    const content = readStaged(entry, readBlob, options, coverage)
    if (!content) return []
    const matches: PlacedMatch[] = []
    const pending = openContent(touching ? { ...content, touching } : content, limits, coverage, part =>
      matches.push(...scanContent(part)),
    )
    await pending
    // An archive has no lines that a commit could change, and git counts lines by single bytes, which in UTF-16 are none.
    const haveLines = !pending && (matches.length === 0 || !detectEncoding(content.bytes))
    if (!haveLines) add(matches)
    return haveLines ? matches : []
  }
}
