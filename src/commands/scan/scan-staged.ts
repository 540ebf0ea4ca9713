import type { StagedDiff } from '../../git/parse-staged-diff.ts'
import { readStagedListing } from '../../git/staged-listing.ts'
import { findHookRepository } from './hook-repository.ts'
import { keepNew } from './keep-new.ts'
import type { ScanRun, SourceScan } from './scan-run.ts'
import { createFileSearch } from './search-new-file.ts'

/** `--staged`: whole files of the index are searched; what touches no line that the commit adds or changes is left out. */
export const scanStaged: SourceScan = async run => {
  const { repository, indexFile } = findHookRepository(run.context, run.project.repository)
  const { listing } = run.request
  const listed = listing && readStagedListing(repository, listing)
  if (listed?.entries.every(listed.textOf)) await scanListed(listed, run)
  else await (await import('./scan-index.ts')).scanIndex(repository, indexFile, run)
  return { kind: 'staged', target: '.' }
}

/** Git has shown all the texts. */
async function scanListed({ entries, textOf }: StagedDiff, run: ScanRun): Promise<void> {
  const search = await createFileSearch(run)
  for (const entry of entries) {
    const staged = textOf(entry)
    if (!staged?.added.length) continue
    const searched = await search(
      entry,
      () => staged,
      () => staged.addedBytes,
    )
    run.add(keepNew(searched, staged.added))
  }
}
