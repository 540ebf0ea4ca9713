import type { PlacedMatch } from '../../findings/collect-findings.ts'
import type { LineRange } from '../../git/added-lines.ts'
import type { StagedEntry } from '../../git/list-staged.ts'
import { ObjectReader } from '../../git/object-reader.ts'
import { openStagingArea } from '../../git/staging-area.ts'
import { openContent } from '../../sources/open-content.ts'
import { readStaged } from '../../sources/staged.ts'
import { archiveLimitsOf } from './archive-limits.ts'
import { findHookRepository } from './hook-repository.ts'
import { createPathFilter } from './path-filter.ts'
import type { SourceScan } from './scan-run.ts'
import { touchesLines } from './touches-lines.ts'

/** `--staged`: whole files of the index are searched; what touches no line that the commit adds or changes is left out. */
export const scanStaged: SourceScan = async ({ request, context, project, coverage, scanContent, add }) => {
  const { repository, indexFile } = findHookRepository(context, project.repository)
  const objects = new ObjectReader(repository)
  const { parents, entries } = await openStagingArea(repository, objects, indexFile, request.listing)
  const isWanted = await createPathFilter(request, project, path => path)
  const options = { maxFileSize: request.maxFileSize, isWanted }
  const limits = archiveLimitsOf(request)
  const found: { entry: StagedEntry; matches: PlacedMatch[] }[] = []
  for (const entry of entries) {
    const content = readStaged(entry, objects, options, coverage)
    if (!content) continue
    const matches: PlacedMatch[] = []
    const pending = openContent(content, limits, coverage, part => matches.push(...scanContent(part)))
    // An archive has no lines that a commit could change.
    if (pending) await pending.then(() => add(matches))
    else if (matches.length) found.push({ entry, matches })
  }
  objects.close()
  if (found.length === 0) return { kind: 'staged', target: '.' }
  const { createAddedLines } = await import('../../git/added-lines.ts')
  const listAdded = await createAddedLines({ repository, parents, indexFile })
  for (const { entry, matches } of found) add(keepAdded(matches, await listAdded(entry)))
  return { kind: 'staged', target: '.' }
}

/** Those that touch one of the lines. */
export function keepAdded(matches: readonly PlacedMatch[], ranges: readonly LineRange[]): PlacedMatch[] {
  return matches.filter(match =>
    touchesLines(match, line => ranges.some(({ from, to }) => from <= line && line <= to)),
  )
}
