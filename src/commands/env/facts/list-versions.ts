import type { Repository } from '../../../git/repository.ts'
import { runGit } from '../../../git/run-git.ts'
import { compareCommits, unreadable, type Version } from './compare-commits.ts'
import { readKept, writeKept } from './kept-versions.ts'

/**
 * Commits whose trees are compared unless the whole history is asked for: what git does while the project is searched, which for
 * a commit grows with the tree (measured: 0.14 s for 1,250 commits of 5,000 files).
 */
export function commitsWithin(files: number): number {
  return Math.round(Math.max(1250, Math.min(20_000, 6_250_000 / Math.max(files, 1))))
}

/** What was listed, and how far back. */
export interface VersionListing {
  versions: Version[]
  /** Commits that were compared with their parents. */
  commits: number
  /** When the oldest of them was made, in seconds since 1970, where there are older ones. */
  since?: number
  /** Commits that could not be compared, because this partial clone lacks their folders. */
  lacking?: number
}

/**
 * Every version of an env file that a commit on any branch or tag brought, also on lines of history that git's own log
 * simplifies away: what is added and taken out again before a merge is still in every clone. That compares the trees of
 * commits, so what was listed once is kept in the git directory (paths and ids), and later only new commits are asked for.
 */
export async function listVersions(
  root: string,
  repository: Repository,
  most: number | Promise<number>,
): Promise<VersionListing> {
  const kept = readKept(repository.commonDir)
  const [tips, mostCommits] = await Promise.all([listTips(root), most])
  // What is known of the newest commits says nothing to those who ask for all.
  const known = kept?.since !== undefined && mostCommits > kept.commits ? undefined : kept
  const fresh = tips.filter(tip => !known?.tips.includes(tip))
  if (fresh.length === 0) return known ?? { versions: [], commits: 0 }
  const newer = await listCommits(root, [...fresh, ...(known?.tips ?? []).map(tip => `^${tip}`)], mostCommits)
  const since = newer.since ?? known?.since
  const { versions, lacking } = await compareCommits(root, repository, newer.ids)
  const listing = {
    versions: dedupe([...(known?.versions ?? []), ...versions]),
    commits: (known?.commits ?? 0) + newer.ids.length - lacking,
    ...(since === undefined ? {} : { since }),
  }
  // What is lacking may be fetched later.
  if (lacking > 0) return { ...listing, lacking }
  writeKept(repository.commonDir, { tips, ...listing })
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

/** The same content at the same path counts once, where it came first. */
function dedupe(versions: readonly Version[]): Version[] {
  const newestFirst = [...versions].sort((a, b) => (a.date < b.date ? 1 : -1))
  return [...new Map(newestFirst.map(version => [`${version.path}\0${version.blob}`, version])).values()]
}
