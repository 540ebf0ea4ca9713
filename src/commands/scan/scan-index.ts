import { createAddedLines } from '../../git/added-lines.ts'
import type { StagedEntry } from '../../git/list-staged.ts'
import { ObjectReader } from '../../git/object-reader.ts'
import type { Repository } from '../../git/repository.ts'
import { openStagingArea } from '../../git/staging-area.ts'
import { keepNew } from './keep-new.ts'
import type { ScanRun } from './scan-run.ts'
import { createFileSearch, type SearchedFile } from './search-new-file.ts'

/** What is staged, where nobody has listed it: the index and its objects are read, and git is asked for lines once something is found. */
export async function scanIndex(
  repository: Repository,
  indexFile: string | undefined,
  run: ScanRun,
): Promise<void> {
  const objects = new ObjectReader(repository)
  const { parents, entries } = await openStagingArea(repository, objects, indexFile)
  const search = await createFileSearch(run)
  const found: { entry: StagedEntry; searched: SearchedFile }[] = []
  for (const entry of entries) {
    const searched = await search(entry, (id, limit) => objects.read(id, limit))
    if (searched.matches.length > 0) found.push({ entry, searched })
  }
  objects.close()
  if (found.length === 0) return
  const listAdded = await createAddedLines({ repository, parents, indexFile })
  for (const { entry, searched } of found)
    run.add(keepNew(searched, searched.haveLines ? await listAdded(entry) : []))
}
