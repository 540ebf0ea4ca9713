import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UserError } from '../../../errors.ts'
import { runGit } from '../../../git/run-git.ts'
import type { HistoricFile } from '../../../hygiene/facts.ts'
import { isEnvName } from '../../../hygiene/file-names.ts'
import { baseOf } from '../../../hygiene/problem.ts'
import { writeFileAtomically } from '../../../system/write-file-atomically.ts'

export type Version = Pick<HistoricFile, 'path' | 'commit' | 'date'> & { blob: string }

/** Names that env files can have, as git's path patterns; what comes is judged by its name again. */
const patterns = ['.env*', '*.env', 'env.*', '.flaskenv', '.dev.vars*'].map(name => `:(glob)**/${name}`)

/**
 * Commits whose trees are compared unless the whole history is asked for: about half a second's work, which for a commit
 * grows with the tree (measured: 2,500 commits of 5,000 files, 20,000 of some hundred).
 */
export function commitsWithin(files: number): number {
  return Math.round(Math.max(2500, Math.min(20_000, 12_500_000 / Math.max(files, 1))))
}

/** What was listed, and how far back. */
export interface VersionListing {
  versions: Version[]
  /** Commits that were compared with their parents. */
  commits: number
  /** When the oldest of them was made, in seconds since 1970, where there are older ones. */
  since?: number
}

/**
 * Every version of an env file that a commit on any branch or tag brought, also on lines of history that git's own log
 * simplifies away: what is added and taken out again before a merge is still in every clone. That compares the trees of
 * commits, so what was listed once is kept in the git directory (paths and ids), and later only new commits are asked for.
 */
export async function listVersions(
  root: string,
  gitDir: string,
  mostCommits: number,
): Promise<VersionListing> {
  const store = join(gitDir, 'stanch', 'env-history.json')
  const kept = readListing(store)
  // What is known of the newest commits says nothing to those who ask for all.
  const known = kept?.since !== undefined && mostCommits > kept.commits ? undefined : kept
  const tips = await listTips(root)
  const fresh = tips.filter(tip => !known?.tips.includes(tip))
  if (fresh.length === 0) return known ?? { versions: [], commits: 0 }
  const newer = await listCommits(root, [...fresh, ...(known?.tips ?? []).map(tip => `^${tip}`)], mostCommits)
  const since = newer.since ?? known?.since
  const listing = {
    versions: dedupe([...(known?.versions ?? []), ...(await compare(root, newer.ids))]),
    commits: (known?.commits ?? 0) + newer.ids.length,
    ...(since === undefined ? {} : { since }),
  }
  writeListing(store, { asked: patterns, tips, ...listing })
  return listing
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

/** The newest commits first, and since when they are all, if there are more than `most`. */
async function listCommits(
  root: string,
  revisions: readonly string[],
  most: number,
): Promise<{ ids: string[]; since?: number }> {
  const limit = Number.isFinite(most) ? [`--max-count=${most + 1}`] : []
  const args = ['rev-list', '--ignore-missing', '--timestamp', ...limit, '--stdin']
  const { code, stdout } = await runGit(root, args, {}, Buffer.from(`${revisions.join('\n')}\n`))
  if (code !== 0) throw unreadable(root)
  const lines = stdout.toString('latin1').split('\n').filter(Boolean)
  const taken = lines.slice(0, most).map(line => line.split(' '))
  return {
    ids: taken.map(([, id = '']) => id),
    ...(lines.length > most ? { since: Number(taken.at(-1)?.[0]) } : {}),
  }
}

async function compare(root: string, commits: readonly string[]): Promise<Version[]> {
  if (commits.length === 0) return []
  const input = Buffer.from(`${commits.join('\n')}\n`)
  const { code, stdout } = await runGit(root, ['diff-tree', ...format, '--', ...patterns], {}, input)
  if (code !== 0) throw unreadable(root)
  return parseLog(stdout.toString('utf8'))
}

function unreadable(root: string): UserError {
  return new UserError(
    `git cannot list the history of "${root}"`,
    'See what "git fsck" says, or leave the history alone with --skip in-history.',
  )
}

const format = [
  '--stdin',
  '--root',
  '-r',
  '--raw',
  '--no-renames',
  '--diff-filter=AM',
  '--no-abbrev',
  '--format=%x01%H %aI',
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

interface Listing extends VersionListing {
  /** The patterns that were asked for. */
  asked: string[]
  tips: string[]
}

function readListing(path: string): Listing | undefined {
  try {
    const listing = JSON.parse(readFileSync(path, 'utf8'))
    const isWhole =
      String(listing.asked) === String(patterns) &&
      Array.isArray(listing.tips) &&
      Array.isArray(listing.versions) &&
      typeof listing.commits === 'number'
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
