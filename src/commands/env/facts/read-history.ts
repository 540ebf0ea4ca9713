import { ObjectStore } from '../../../git/object-store.ts'
import type { Repository } from '../../../git/repository.ts'
import { runGit } from '../../../git/run-git.ts'
import type { HistoricFile, HistoryReach } from '../../../hygiene/facts.ts'
import type { EnvReader } from './env-text.ts'
import { readIgnoreFacts } from './ignore-facts.ts'
import type { VersionListing } from './list-versions.ts'

/** Versions of env files that are read, the newest first. */
const MOST_VERSIONS = 600
const LARGEST = 512 * 1024

/** Env files as they were in the history, and how much of it that is. */
export async function readHistory(
  root: string,
  repository: Repository,
  listing: VersionListing,
  reader: EnvReader,
): Promise<{ history: HistoricFile[]; reach: HistoryReach }> {
  const versions = listing.versions.slice(0, MOST_VERSIONS)
  const blobs = await readBlobs(root, repository, [...new Set(versions.map(({ blob }) => blob))])
  const readFresh = createFreshReader(reader)
  const oldestFirst = [...versions].sort((a, b) => (a.date < b.date ? -1 : 1))
  const history = oldestFirst.flatMap(({ blob, ...version }) => {
    const bytes = blobs.get(blob)
    return bytes ? [{ ...version, keys: readFresh(version.path, bytes) }] : []
  })
  const ignores = await readIgnoreFacts(root, [...new Set(history.map(({ path }) => path))])
  return {
    history: history.map(version => ({ ...version, isIgnored: ignores.get(version.path)?.ignored !== 'no' })),
    reach: describeReach(listing, history.length),
  }
}

function describeReach(
  { commits, since, lacking = 0, versions }: VersionListing,
  read: number,
): HistoryReach {
  return {
    commits,
    ...(since === undefined ? {} : { since: new Date(since * 1000).toISOString() }),
    lacking,
    unread: versions.length - read,
  }
}

/** Versions of a file differ in a few lines: only those that no earlier one had are read. */
function createFreshReader(reader: EnvReader): (path: string, bytes: Buffer) => HistoricFile['keys'] {
  const seen = new Map<string, Set<string>>()
  return (path, bytes) => {
    const known = seen.get(path) ?? new Set()
    seen.set(path, known)
    const text = bytes.toString('latin1')
    const lines = text.split('\n')
    const fresh = lines.filter(line => !known.has(line))
    for (const line of fresh) known.add(line)
    // A value over several lines is no line.
    const isByLines = !/="[^"\n]*\n|='[^'\n]*\n/.test(text)
    return reader.readKeys(isByLines ? Buffer.from(fresh.join('\n'), 'latin1') : bytes, bytes)
  }
}

/** Blobs by their id; those that are missing or too large are left out, and nothing is fetched. */
export async function readBlobs(
  root: string,
  repository: Repository,
  ids: readonly string[],
): Promise<Map<string, Buffer>> {
  if (ids.length === 0) return new Map()
  // Git itself stops at the first blob that it would have to fetch.
  if (repository.isPartial) return readFromStore(repository, ids)
  const { stdout } = await runGit(root, ['cat-file', '--batch'], {}, Buffer.from(`${ids.join('\n')}\n`))
  return splitBatch(stdout)
}

function readFromStore(repository: Repository, ids: readonly string[]): Map<string, Buffer> {
  const store = new ObjectStore(repository)
  try {
    return new Map(
      ids.flatMap(id => {
        const bytes = store.readIfThere(id)?.bytes
        return bytes && bytes.length <= LARGEST ? [[id, bytes] as const] : []
      }),
    )
  } finally {
    store.close()
  }
}

/** `ID TYPE SIZE`, the bytes, a line end; `ID missing` for what is not there. */
function splitBatch(output: Buffer): Map<string, Buffer> {
  const blobs = new Map<string, Buffer>()
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at)
    if (end < 0) break
    const [id = '', type, size = '0'] = output.toString('latin1', at, end).split(' ')
    at = end + 1
    if (type !== 'blob') continue
    if (Number(size) <= LARGEST) blobs.set(id, output.subarray(at, at + Number(size)))
    at += Number(size) + 1
  }
  return blobs
}
