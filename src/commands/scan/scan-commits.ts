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
import { toFileName } from '../../system/file-name.ts'
import type { HookRepository } from './hook-repository.ts'
import { keepNew } from './keep-new.ts'
import type { ScanRun, SourceScan } from './scan-run.ts'
import { createFileSearch } from './search-new-file.ts'

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
    const search = await createFileSearch(run)
    for (const content of await listNewContent(commitRange, commits)) {
      const { matches, haveLines } = await search(content, (id, limit) => objects.read(id, limit))
      if (matches.length === 0) continue
      const added = haveLines ? await listAddedTo(repository, content.olds, content.id, env) : []
      const toPlace = createCommitPlaces(content, objects)
      run.add(keepNew({ matches, haveLines }, added).map(match => ({ ...match, place: toPlace(match) })))
    }
    objects.close()
    return { kind: 'history', target }
  }
}

function createCommitPlaces(
  { commit, id: object, path: bytes }: NewContent,
  objects: ObjectReader,
): (match: PlacedMatch) => Place {
  const { author, date } = readMessage(commit, objects) ?? { author: '', date: '' }
  const whole = toFileName(bytes).path
  return ({ span, place }) => {
    // Within an archive it is another one.
    const path = 'path' in place && place.path !== undefined ? place.path : whole
    const pathBytes =
      'pathBytes' in place && place.pathBytes !== undefined ? { pathBytes: place.pathBytes } : {}
    return { kind: 'commit', commit, path, ...pathBytes, author, date, inHead: false, object, ...span }
  }
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
