import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseStagedDiff, type StagedDiff } from './parse-staged-diff.ts'
import type { Repository } from './repository.ts'
import { allShown } from './show-staged.ts'

/**
 * What is staged, as the hook's script has had git show it. Undefined where git failed, as it does without a commit, and for
 * a merge, which has more than one parent.
 */
export function readStagedListing(
  { gitDir }: Pick<Repository, 'gitDir'>,
  listing: Buffer,
): StagedDiff | undefined {
  const end = listing.length - allShown.length
  if (end < 0 || listing.toString('latin1', end) !== allShown || existsSync(join(gitDir, 'MERGE_HEAD')))
    return undefined
  return parseStagedDiff(listing.subarray(0, end))
}
