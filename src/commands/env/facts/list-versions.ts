import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runGit } from '../../../git/run-git.ts'
import type { HistoricFile } from '../../../hygiene/facts.ts'
import { isEnvName } from '../../../hygiene/file-names.ts'
import { baseOf } from '../../../hygiene/problem.ts'
import { writeFileAtomically } from '../../../system/write-file-atomically.ts'

export type Version = Pick<HistoricFile, 'path' | 'commit' | 'date'> & { blob: string }

/** Names that env files can have, as git's path patterns; what comes is judged by its name again. */
const names = ['.env*', '*.env', 'env.*', '.flaskenv', '.dev.vars*']

/** Names that most of them have: paths without patterns are looked up in every commit at a tenth of the cost. */
const usual = [
  '',
  '.local',
  '.production',
  '.development',
  '.staging',
  '.test',
  '.prod',
  '.dev',
  '.bak',
  '.backup',
  '.old',
]
  .map(suffix => `.env${suffix}`)
  .concat('.env.production.local', '.envrc', '.dev.vars', 'prod.env')

/**
 * Every version of an env file that a commit on any branch or tag brought. Under usual names in the given folders
 * that is each one; others are those on lines of history that git does not simplify away, as comparing all trees of all
 * commits takes far longer.
 * What was listed once is kept in the git directory (names and ids), so that later only new commits are asked for.
 */
export async function listVersions(
  root: string,
  gitDir: string,
  folders: readonly string[],
): Promise<Version[]> {
  const paths = ['', ...folders].flatMap(folder =>
    usual.map(name => (folder === '' ? name : `${folder}/${name}`)),
  )
  const store = join(gitDir, 'stanch', 'env-history.json')
  const asked = createHash('sha256').update(paths.join('\0')).digest('hex')
  const known = readListing(store, asked)
  const tips = await listTips(root)
  const fresh = tips.filter(tip => !known?.tips.includes(tip))
  if (known && fresh.length === 0) return known.versions
  const revisions = [...fresh, ...(known ? ['--not', ...known.tips] : [])]
  const everywhere = names.map(name => `:(glob)**/${name}`)
  const listed = await Promise.all([
    list(root, ['--literal-pathspecs'], ['--full-history'], revisions, paths),
    list(root, [], [], revisions, everywhere),
  ])
  const versions = dedupe([...(known?.versions ?? []), ...listed.flatMap(part => part ?? [])])
  if (!listed.includes(undefined)) writeListing(store, { asked, tips, versions })
  return versions
}

async function listTips(root: string): Promise<string[]> {
  const { stdout } = await runGit(root, ['rev-parse', '--all', 'HEAD'])
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
async function list(
  root: string,
  global: readonly string[],
  options: readonly string[],
  revisions: readonly string[],
  patterns: readonly string[],
): Promise<Version[] | undefined> {
  const input = Buffer.from([...revisions, '--', ...patterns, ''].join('\n'))
  const { code, stdout } = await runGit(root, [...global, 'log', ...options, ...format], {}, input)
  return code === 0 ? parseLog(stdout.toString('utf8')) : undefined
}

const format = [
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
  /** Hash of the patterns that were asked for. */
  asked: string
  tips: string[]
  versions: Version[]
}

function readListing(path: string, asked: string): Listing | undefined {
  try {
    const listing = JSON.parse(readFileSync(path, 'utf8'))
    const isWhole = listing.asked === asked && Array.isArray(listing.tips) && Array.isArray(listing.versions)
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
