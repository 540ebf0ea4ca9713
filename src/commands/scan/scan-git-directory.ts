import { CoverageTally } from '../../coverage.ts'
import type { PlacedMatch } from '../../findings/collect-findings.ts'
import { listRefs } from '../../git/refs.ts'
import type { Repository } from '../../git/repository.ts'
import type { Content } from '../../model.ts'
import { type GitFile, rootOf } from '../../sources/history/git-directory.ts'
import { maskPlaces } from '../../sources/history/mask-places.ts'
import { isReftable, readReftableText } from '../../sources/history/reftable-text.ts'
import { readFile } from '../../sources/read-file.ts'
import { joinFileName, toFsPath } from '../../system/file-name.ts'
import { archiveLimitsOf } from './archive-limits.ts'
import type { ScanRun } from './scan-run.ts'

/**
 * Searches files of a repository's own directory.
 * @param named what names of refs hold: reflogs are called like them
 */
export async function scanGitDirectory(
  { request, kernel, coverage, scanContent }: ScanRun,
  repository: Repository,
  files: readonly GitFile[],
  named: readonly PlacedMatch[],
  isWanted: (path: string) => boolean,
): Promise<PlacedMatch[]> {
  const { root } = rootOf(repository)
  const { maxFileSize } = request
  const options = {
    ...{ cwd: root, maxFileSize, archives: archiveLimitsOf(request) },
    buffer: (size: number) => kernel.input(size),
  }
  const found: PlacedMatch[] = []
  const own = new CoverageTally()
  for (const file of files) {
    if (!isWanted(file.path)) continue
    const scan = (content: Content) => void found.push(...scanContent(content))
    if (isReftable(file.path)) {
      const bytes = readReftableText(toFsPath(joinFileName(root, file)))
      scan({ bytes, origin: { kind: 'file', ...file }, path: file.path })
    } else await readFile(file, options, own, scan)
  }
  // The items of a history are its objects.
  coverage.add({ ...own.result(), items: 0, bytes: 0 })
  return maskPlaces(
    found,
    named.map(({ secret }) => secret),
  )
}

/** Matches in the names of branches, tags and other refs, which are masked in them. */
export function searchRefNames({ scanContent }: ScanRun, repository: Repository): PlacedMatch[] {
  const { prefix } = rootOf(repository)
  const found = listRefs(repository).flatMap(({ name }) => {
    const path = prefix === '' ? name : `${prefix}/${name}`
    const bytes = Buffer.from(name, 'utf8')
    const place = { kind: 'file', path, tracked: false } as const
    return scanContent({ bytes, origin: place, path: '' }).map(match => ({ ...match, path, place }))
  })
  return maskPlaces(
    found,
    found.map(({ secret }) => secret),
  )
}
