import type { StagedDiff } from '../../git/parse-staged-diff.ts'
import type { Repository } from '../../git/repository.ts'
import { readStagedListing } from '../../git/staged-listing.ts'
import { findHookRepository } from './hook-repository.ts'
import { keepAdded } from './keep-added.ts'
import type { ScanRun, SourceScan } from './scan-run.ts'
import { createStagedSearch } from './search-staged.ts'

/** `--staged`: whole files of the index are searched; what touches no line that the commit adds or changes is left out. */
export const scanStaged: SourceScan = async run => {
  const { repository, indexFile } = findHookRepository(run.context, run.project.repository)
  const { listing } = run.request
  const listed = listing && readStagedListing(repository, listing)
  if (listed) await scanListed(listed, repository, run)
  else await (await import('./scan-index.ts')).scanIndex(repository, indexFile, run)
  return { kind: 'staged', target: '.' }
}

/** Git has shown the texts, but for a few. */
async function scanListed({ entries, textOf }: StagedDiff, repository: Repository, run: ScanRun) {
  const search = await createStagedSearch(run)
  for (const entry of entries) {
    const staged = textOf(entry)
    if (staged?.added.length === 0) continue
    if (staged) {
      const { added, addedBytes } = staged
      const matches = await search(
        entry,
        () => staged,
        () => addedBytes,
      )
      run.add(keepAdded(matches, added))
    } else {
      const { ObjectReader } = await import('../../git/object-reader.ts')
      const objects = new ObjectReader(repository)
      run.add(await search(entry, (id, limit) => objects.read(id, limit)))
      objects.close()
    }
  }
}
