import { UserError } from '../../../errors.ts'
import { changedFiles } from '../../../git/changed-files.ts'
import { ObjectStore } from '../../../git/object-store.ts'
import { readTree, type TreeEntry } from '../../../git/read-tree.ts'
import type { Repository } from '../../../git/repository.ts'
import { runGit } from '../../../git/run-git.ts'
import type { HistoricFile } from '../../../hygiene/facts.ts'
import { isEnvName } from '../../../hygiene/file-names.ts'
import { baseOf } from '../../../hygiene/problem.ts'

/** An env file as a commit brought it. */
export type Version = Pick<HistoricFile, 'path' | 'commit' | 'date'> & { blob: string }

export interface Comparison {
  versions: Version[]
  /** Commits that could not be compared, because this clone lacks their folders. */
  lacking: number
}

/** Of so many commits git tells every change: matching its patterns takes longer than comparing trees. */
const MOST_UNFILTERED = 20_000

/** Names that env files can have, as git's path patterns; what comes is judged by its name again. */
export const patterns = ['.env*', '*.env', 'env.*', '.flaskenv', '.dev.vars*'].map(
  name => `:(glob)**/${name}`,
)

/**
 * The env files that commits bring: that stand there otherwise than in every parent, so that a merge counts for what is in none
 * of the lines that it joins. In a partial clone git would have to fetch what is missing; there the objects are read without it.
 * @throws UserError where git cannot compare them
 */
export async function compareCommits(
  root: string,
  repository: Repository,
  commits: readonly string[],
): Promise<Comparison> {
  if (commits.length === 0) return { versions: [], lacking: 0 }
  const input = Buffer.from(`${commits.join('\n')}\n`)
  const limit = commits.length > MOST_UNFILTERED ? ['--', ...patterns] : []
  const { code, stdout } = await runGit(root, ['diff-tree', ...format, ...limit], {}, input)
  if (code === 0) return { versions: parseRawDiff(stdout.toString('utf8')), lacking: 0 }
  if (!repository.isPartial) throw unreadable(root)
  return compareWhatIsHere(root, repository, input)
}

export function unreadable(root: string): UserError {
  return new UserError(
    `git cannot list the history of "${root}"`,
    'See what "git fsck" says, or leave the history alone with --skip in-history.',
  )
}

const format = [
  '--stdin',
  '--root',
  '-r',
  '-c',
  '--raw',
  '--no-renames',
  '--no-abbrev',
  '--format=%x01%H %aI',
]

/** `:OLD-MODE MODE OLD NEW STATUS<tab>path` below a line of the commit; of a merge a colon, old mode and id for each parent. */
function parseRawDiff(log: string): Version[] {
  const versions: Version[] = []
  let commit = ''
  let date = ''
  for (const line of log.split('\n')) {
    const head = line.startsWith('\x01') ? /^\x01([0-9a-f]{40,64}) (\S+)$/.exec(line) : null
    if (head) [, commit = '', date = ''] = head
    if (!/env|vars/i.test(line)) continue
    const [, colons = '', fields = '', path = ''] = /^(:+)([^\t]+)\t(.+)$/.exec(line) ?? []
    const parents = colons.length
    const { [parents]: mode, [2 * parents + 1]: blob = '' } = fields.split(' ')
    if (mode?.startsWith('100') && isEnvName(baseOf(path))) versions.push({ path, commit, date, blob })
  }
  return versions
}

async function compareWhatIsHere(
  root: string,
  repository: Repository,
  commits: Uint8Array,
): Promise<Comparison> {
  const args = ['rev-list', '--no-walk=unsorted', '--stdin', '--format=%x01%H %T %aI %P']
  const { code, stdout } = await runGit(root, args, {}, commits)
  if (code !== 0) throw unreadable(root)
  const store = new ObjectStore(repository)
  const result: Comparison = { versions: [], lacking: 0 }
  try {
    for (const [, line = ''] of stdout.toString('latin1').matchAll(/^\x01(.+)$/gm)) {
      const [commit = '', tree = '', date = '', ...parents] = line.trim().split(' ')
      const versions = bring(store, { commit, tree, date, parents })
      if (versions) result.versions.push(...versions)
      else result.lacking++
    }
  } finally {
    store.close()
  }
  return result
}

interface ListedCommit {
  commit: string
  tree: string
  date: string
  parents: readonly string[]
}

function bring(store: ObjectStore, { commit, tree, date, parents }: ListedCommit): Version[] | undefined {
  const before = parents.map(parent => treeOf(store, parent))
  if (before.includes(undefined)) return undefined
  return changedFiles(
    id => readEntries(store, id),
    tree,
    before.filter(id => id !== undefined),
  )?.flatMap(({ path, entry }) => {
    const name = Buffer.from(path, 'latin1').toString('utf8')
    const isFile = (entry.mode & 0o170000) === 0o100000
    return isFile && isEnvName(baseOf(name)) ? [{ path: name, commit, date, blob: entry.id }] : []
  })
}

function treeOf(store: ObjectStore, commit: string): string | undefined {
  const head = store.readIfThere(commit)?.bytes.toString('latin1', 0, 80) ?? ''
  return /^tree ([0-9a-f]{40,64})$/m.exec(head)?.[1]
}

function readEntries(store: ObjectStore, id: string): TreeEntry[] | undefined {
  const tree = store.readIfThere(id)
  return tree && readTree(tree.bytes, store.repository.hash === 'sha256' ? 32 : 20)
}
