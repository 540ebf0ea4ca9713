import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runGit } from '../../../git/run-git.ts'
import type { HistoricFile } from '../../../hygiene/facts.ts'
import { isEnvName } from '../../../hygiene/file-names.ts'
import { baseOf } from '../../../hygiene/problem.ts'
import { writeFileAtomically } from '../../../system/write-file-atomically.ts'

export type Version = Pick<HistoricFile, 'path' | 'commit' | 'date'> & { blob: string }

/** Names that env files can have, as git's path patterns; what comes is judged by its name again. */
const patterns = ['.env*', '*.env', 'env.*', '.flaskenv', '.dev.vars*'].map(name => `:(glob)**/${name}`)

/**
 * Every version of an env file that a commit on any branch or tag brought, also on lines of history that git's own log
 * simplifies away: what is added and taken out again before a merge is still in every clone. That compares the trees of all
 * commits, so what was listed once is kept in the git directory (paths and ids), and later only new commits are asked for.
 */
export async function listVersions(root: string, gitDir: string): Promise<Version[]> {
  const store = join(gitDir, 'stanch', 'env-history.json')
  const known = readListing(store)
  const tips = await listTips(root)
  const fresh = tips.filter(tip => !known?.tips.includes(tip))
  if (known && fresh.length === 0) return known.versions
  const listed = await list(root, [...fresh, ...(known ? ['--not', ...known.tips] : [])])
  const versions = dedupe([...(known?.versions ?? []), ...(listed ?? [])])
  if (listed) writeListing(store, { asked: patterns, tips, versions })
  return versions
}

/** Stashes are looked into apart. */
async function listTips(root: string): Promise<string[]> {
  const { stdout } = await runGit(root, ['rev-parse', '--exclude=refs/stash', '--all', 'HEAD'])
  return [
    ...new Set(
      stdout
        .toString('latin1')
        .split('\n')
        .filter(line => /^[0-9a-f]{40,64}$/.test(line)),
    ),
  ].sort()
}

/** Undefined when git could not tell. */
async function list(root: string, revisions: readonly string[]): Promise<Version[] | undefined> {
  const input = Buffer.from([...revisions, '--', ...patterns, ''].join('\n'))
  const { code, stdout } = await runGit(root, ['log', ...format], {}, input)
  return code === 0 ? parseLog(stdout.toString('utf8')) : undefined
}

const format = [
  '--full-history',
  '--no-renames',
  '--diff-filter=AM',
  '--raw',
  '--no-abbrev',
  '--format=%x01%H %aI',
  '--ignore-missing',
  '--stdin',
]

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

/** The same content at the same path counts once, where it came first. */
function dedupe(versions: readonly Version[]): Version[] {
  const newestFirst = [...versions].sort((a, b) => (a.date < b.date ? 1 : -1))
  return [...new Map(newestFirst.map(version => [`${version.path}\0${version.blob}`, version])).values()]
}

interface Listing {
  /** The patterns that were asked for. */
  asked: string[]
  tips: string[]
  versions: Version[]
}

function readListing(path: string): Listing | undefined {
  try {
    const listing = JSON.parse(readFileSync(path, 'utf8'))
    const isWhole =
      String(listing.asked) === String(patterns) &&
      Array.isArray(listing.tips) &&
      Array.isArray(listing.versions)
    return isWhole ? listing : undefined
  } catch {
    return undefined
  }
}

function writeListing(path: string, listing: Listing): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileAtomically(path, `${JSON.stringify(listing)}\n`, 0o600)
  } catch {
    // Then it is listed anew each time.
  }
}
