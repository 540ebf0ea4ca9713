import { CoverageTally } from '../../coverage.ts'
import type { PlacedMatch } from '../../findings/collect-findings.ts'
import { listRefs } from '../../git/refs.ts'
import type { Repository } from '../../git/repository.ts'
import { type GitFile, rootOf } from '../../sources/history/git-directory.ts'
import { maskPlaces } from '../../sources/history/mask-places.ts'
import { readFile } from '../../sources/read-file.ts'
import { archiveLimitsOf } from './archive-limits.ts'
import type { ScanRun } from './scan-run.ts'

/** Searches files of a repository's own directory, and the names of its branches and tags. */
export async function scanGitDirectory(
  { request, kernel, coverage, scanContent }: ScanRun,
  repository: Repository,
  files: readonly GitFile[],
  isWanted: (path: string) => boolean,
): Promise<PlacedMatch[]> {
  const { root, prefix } = rootOf(repository)
  const { maxFileSize } = request
  const options = {
    ...{ cwd: root, maxFileSize, archives: archiveLimitsOf(request) },
    buffer: (size: number) => kernel.input(size),
  }
  const found: PlacedMatch[] = []
  const own = new CoverageTally()
  for (const file of files) {
    if (!isWanted(file.path)) continue
    await readFile(file, options, own, content => void found.push(...scanContent(content)))
  }
  // The items of a history are its objects.
  coverage.add({ ...own.result(), items: 0, bytes: 0 })
  const named = listRefs(repository).flatMap(({ name }) => {
    const path = prefix === '' ? name : `${prefix}/${name}`
    const bytes = Buffer.from(name, 'utf8')
    return scanContent({ bytes, origin: { kind: 'file', path, tracked: false }, path: '' }).map(match => ({
      ...match,
      path,
      place: { kind: 'file', path, tracked: false } as const,
    }))
  })
  return maskPlaces(
    [...found, ...named],
    named.map(({ secret }) => secret),
  )
}
