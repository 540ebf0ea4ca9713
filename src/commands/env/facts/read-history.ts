import { runGit } from '../../../git/run-git.ts'
import type { HistoricFile } from '../../../hygiene/facts.ts'
import { isEnvName } from '../../../hygiene/file-names.ts'
import { baseOf } from '../../../hygiene/problem.ts'
import type { EnvReader } from './env-text.ts'

/** Names that env files can have, as git's path patterns; the rest is told from the names that come. */
const patterns = ['.env*', '*.env', 'env.*', '.flaskenv', '.dev.vars*', '*.env.*'].map(
  name => `:(glob)**/${name}`,
)
/** Versions of env files that are read, the newest first. */
const MOST_VERSIONS = 400
const LARGEST = 512 * 1024

/** Every version of an env file that a commit on any branch or tag brought. */
export async function readHistory(root: string, reader: EnvReader): Promise<HistoricFile[]> {
  const { code, stdout } = await runGit(root, [
    'log',
    '--all',
    '--full-history',
    '--no-renames',
    '--diff-filter=AM',
    '--raw',
    '--no-abbrev',
    '--format=%x01%H %aI',
    '--',
    ...patterns,
  ])
  if (code !== 0) return []
  const versions = parseLog(stdout.toString('utf8')).slice(0, MOST_VERSIONS)
  const blobs = await readBlobs(root, [...new Set(versions.map(({ blob }) => blob))])
  return versions.flatMap(({ blob, ...version }) => {
    const bytes = blobs.get(blob)
    return bytes ? [{ ...version, keys: reader.read(bytes).keys }] : []
  })
}

type Version = Pick<HistoricFile, 'path' | 'commit' | 'date'> & { blob: string }

/** `:000000 100644 0000 BLOB A<tab>path` below a line of the commit. */
function parseLog(log: string): Version[] {
  const versions: Version[] = []
  let commit = ''
  let date = ''
  for (const line of log.split('\n')) {
    const head = /^\x01([0-9a-f]{40,64}) (\S+)$/.exec(line)
    if (head) [, commit = '', date = ''] = head
    const [, mode, blob = '', path = ''] = /^:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) [AM]\t(.+)$/.exec(line) ?? []
    if (mode?.startsWith('100') && isEnvName(baseOf(path))) versions.push({ path, commit, date, blob })
  }
  return versions
}

/** Blobs by their id; those that are missing or too large are left out. */
export async function readBlobs(root: string, ids: readonly string[]): Promise<Map<string, Buffer>> {
  const blobs = new Map<string, Buffer>()
  if (ids.length === 0) return blobs
  const { stdout } = await runGit(root, ['cat-file', '--batch'], {}, Buffer.from(`${ids.join('\n')}\n`))
  for (let at = 0; at < stdout.length; ) {
    const end = stdout.indexOf(10, at)
    if (end < 0) break
    const [id = '', type, size = '0'] = stdout.toString('latin1', at, end).split(' ')
    at = end + 1
    if (type !== 'blob') continue
    if (Number(size) <= LARGEST) blobs.set(id, stdout.subarray(at, at + Number(size)))
    at += Number(size) + 1
  }
  return blobs
}
