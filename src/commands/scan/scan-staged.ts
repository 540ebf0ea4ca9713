import { detectEncoding } from '../../encoding/detect-encoding.ts'
import type { PlacedMatch } from '../../findings/collect-findings.ts'
import { everyLine, type LineRange } from '../../git/line-range.ts'
import type { StagedEntry } from '../../git/list-staged.ts'
import { ObjectReader } from '../../git/object-reader.ts'
import type { Repository } from '../../git/repository.ts'
import { openStagingArea, type StagingArea } from '../../git/staging-area.ts'
import type { Content } from '../../model.ts'
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
  const area = await openStagingArea(repository, objects, indexFile, request.listing)
  const isWanted = await createPathFilter(request, project, path => path)
  const options = { maxFileSize: request.maxFileSize, isWanted }
  const limits = archiveLimitsOf(request)
  const found: { entry: StagedEntry; matches: PlacedMatch[] }[] = []
  for (const entry of area.entries) {
    if (area.addedTo?.(entry).length === 0) continue
    const read = readStaged(entry, objects, options, coverage)
    if (!read) continue
    const content = area.addedTo ? withTouching(read, area.addedTo(entry)) : read
    const matches: PlacedMatch[] = []
    const pending = openContent(content, limits, coverage, part => matches.push(...scanContent(part)))
    // An archive has no lines that a commit could change.
    if (pending) await pending.then(() => add(matches))
    // Git counts lines by single bytes, which in UTF-16 are no lines.
    else if (matches.length && detectEncoding(content.bytes)) add(matches)
    else if (matches.length) found.push({ entry, matches })
  }
  objects.close()
  if (found.length === 0) return { kind: 'staged', target: '.' }
  const listAdded = area.addedTo ?? (await askGit(area, repository, indexFile))
  for (const { entry, matches } of found) add(keepAdded(matches, await listAdded(entry)))
  return { kind: 'staged', target: '.' }
}

async function askGit({ parents }: StagingArea, repository: Repository, indexFile: string | undefined) {
  const { createAddedLines } = await import('../../git/added-lines.ts')
  return createAddedLines({ repository, parents, indexFile })
}

/** Says which bytes the lines are, so that what stands elsewhere need not be judged. */
function withTouching(content: Content, lines: readonly LineRange[]): Content {
  if (lines === everyLine) return content
  let known: ReturnType<typeof findLines> | undefined
  return { ...content, touching: () => (known ??= findLines(content.bytes, lines)) }
}

/** Where lines stand in a text, in ascending order. */
function findLines({ buffer, byteOffset, length }: Uint8Array, lines: readonly LineRange[]) {
  // A string is searched for a single character far faster than a buffer is.
  const text = Buffer.from(buffer, byteOffset, length).toString('latin1')
  const found: { from: number; to: number }[] = []
  let line = 1
  let at = 0
  for (const { from, to } of lines) {
    while (line < from && at < length) advance()
    const start = at
    while (line <= to && at < length) advance()
    found.push({ from: start, to: at })
  }
  return found

  function advance(): void {
    const newline = text.indexOf('\n', at)
    at = newline < 0 ? length : newline + 1
    line++
  }
}

/** Those that touch one of the lines. */
export function keepAdded(matches: readonly PlacedMatch[], ranges: readonly LineRange[]): PlacedMatch[] {
  return matches.filter(match =>
    touchesLines(match, line => ranges.some(({ from, to }) => from <= line && line <= to)),
  )
}
