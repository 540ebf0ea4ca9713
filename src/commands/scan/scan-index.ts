import type { PlacedMatch } from '../../findings/collect-findings.ts'
import { createAddedLines } from '../../git/added-lines.ts'
import type { StagedEntry } from '../../git/list-staged.ts'
import { ObjectReader } from '../../git/object-reader.ts'
import type { Repository } from '../../git/repository.ts'
import { openStagingArea } from '../../git/staging-area.ts'
import { keepAdded } from './keep-added.ts'
import type { ScanRun } from './scan-run.ts'
import { createStagedSearch } from './search-staged.ts'

/** What is staged, where nobody has listed it: the index and its objects are read, and git is asked for lines once something is found. */
export async function scanIndex(
  repository: Repository,
  indexFile: string | undefined,
  run: ScanRun,
): Promise<void> {
  const objects = new ObjectReader(repository)
  const { parents, entries } = await openStagingArea(repository, objects, indexFile)
  const search = await createStagedSearch(run)
  const found: { entry: StagedEntry; matches: readonly PlacedMatch[] }[] = []
  for (const entry of entries) {
    const matches = await search(entry, (id, limit) => objects.read(id, limit))
    if (matches.length > 0) found.push({ entry, matches })
  }
  objects.close()
  if (found.length === 0) return
  const listAdded = await createAddedLines({ repository, parents, indexFile })
  for (const { entry, matches } of found) run.add(keepAdded(matches, await listAdded(entry)))
}
