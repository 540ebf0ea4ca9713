import type { PlacedMatch } from '../../findings/collect-findings.ts'
import { listAddedTo } from '../../git/added-lines.ts'
import {
  type CommitRange,
  listNewCommits,
  listNewContent,
  type NewContent,
} from '../../git/list-new-content.ts'
import type { ObjectId } from '../../git/object-id.ts'
import { ObjectReader } from '../../git/object-reader.ts'
import { readMessage } from '../../git/read-message.ts'
import type { Content, Place } from '../../model.ts'
import { openContent } from '../../sources/open-content.ts'
import { readStaged } from '../../sources/staged.ts'
import { archiveLimitsOf } from './archive-limits.ts'
import type { HookRepository } from './hook-repository.ts'
import { keepAdded } from './keep-added.ts'
import { createPathFilter } from './path-filter.ts'
import type { ScanRun, SourceScan } from './scan-run.ts'

/** What is new in a push: the files that its commits bring, as far as they touch an added line, and the messages. */
export function createCommitScan(
  { repository, env }: HookRepository,
  range: Pick<CommitRange, 'tips' | 'known'>,
  target: string,
): SourceScan {
  return async run => {
    const commitRange = { ...range, gitDir: repository.gitDir, env }
    const objects = new ObjectReader(repository)
    const commits = await listNewCommits(commitRange)
    for (const id of [...range.tips, ...commits]) scanMessage(id, objects, run)
    const isWanted = await createPathFilter(run.request, run.project, path => path)
    for (const content of await listNewContent(commitRange, commits)) {
      const { matches, isArchive } = await scanBlob(content, objects, isWanted, run)
      // An archive has no lines that a commit could add.
      if (isArchive) run.add(matches)
      if (isArchive || matches.length === 0) continue
      const added = await listAddedTo(repository, content.olds, content.id, env)
      run.add(keepAdded(matches, added))
    }
    objects.close()
    return { kind: 'history', target }
  }
}

async function scanBlob(
  content: NewContent,
  objects: ObjectReader,
  isWanted: (path: string) => boolean,
  { request, coverage, scanContent }: ScanRun,
): Promise<{ matches: PlacedMatch[]; isArchive: boolean }> {
  const read = readStaged(
    content,
    (id, limit) => objects.read(id, limit),
    { maxFileSize: request.maxFileSize, isWanted },
    coverage,
  )
  if (!read) return { matches: [], isArchive: false }
  const matches: PlacedMatch[] = []
  const pending = openContent(read, archiveLimitsOf(request), coverage, part => {
    matches.push(...scanContent(part))
  })
  if (pending) await pending
  const isArchive = pending !== undefined
  if (matches.length === 0) return { matches, isArchive }
  const { author, date } = readMessage(content.commit, objects) ?? { author: '', date: '' }
  const placed = matches.map(match => {
    const path = 'path' in match.place && match.place.path !== undefined ? match.place.path : read.path
    return { ...match, place: toCommitPlace(match, { ...content, author, date, path }) }
  })
  return { matches: placed, isArchive }
}

function toCommitPlace(
  { span, place }: PlacedMatch,
  {
    commit,
    id,
    author,
    date,
    path,
  }: { commit: ObjectId; id: ObjectId; author: string; date: string; path: string },
): Place {
  const pathBytes =
    'pathBytes' in place && place.pathBytes !== undefined ? { pathBytes: place.pathBytes } : {}
  return { kind: 'commit', commit, path, ...pathBytes, author, date, inHead: false, object: id, ...span }
}

/** Of a commit, or of an annotated tag and what it stands for. */
function scanMessage(id: ObjectId, objects: ObjectReader, { scanContent, coverage, add }: ScanRun): void {
  const message = readMessage(id, objects)
  if (!message) return
  const { text, objectType, author, date } = message
  const content: Content = {
    bytes: text,
    origin: { kind: 'message', object: id, objectType, author, date },
    path: `${objectType} message`,
  }
  coverage.read(text.length)
  add(scanContent(content))
}
