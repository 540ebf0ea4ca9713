import { UserError } from '../errors.ts'
import type { ObjectId } from './object-id.ts'
import { runGit } from './run-git.ts'

/** A file that a commit brings in a form that none of its parents has. */
export interface NewContent {
  commit: ObjectId
  /** As bytes. */
  path: Buffer
  id: ObjectId
  mode: number
  /** What stood there in each parent, or at the path that it was renamed from; undefined where there was nothing. */
  olds: (ObjectId | undefined)[]
}

export interface CommitRange {
  gitDir: string
  tips: readonly ObjectId[]
  /** What is known already, as arguments of `git rev-list --not`: `--all`, `--remotes=origin`, ids. */
  known: readonly string[]
  /** Variables that name other objects, as of a quarantine. */
  env: NodeJS.ProcessEnv
}

/** Commits from the oldest on. @throws UserError where history is missing */
export async function listNewCommits({ gitDir, tips, known, env }: CommitRange): Promise<ObjectId[]> {
  const args = [
    'rev-list',
    '--reverse',
    '--topo-order',
    ...tips,
    ...(known.length ? ['--not', ...known] : []),
  ]
  const { code, stdout, stderr } = await runGit(gitDir, args, { GIT_DIR: gitDir, ...env })
  if (code === 0) return stdout.toString('latin1').split('\n').filter(Boolean)
  throw new UserError(
    `git cannot list the new commits: ${stderr.trim()}`,
    'Check the repository with "git fsck".',
  )
}

/** What the commits bring; of a merge only what differs from every parent. */
export async function listNewContent(
  { gitDir, env }: CommitRange,
  commits: readonly ObjectId[],
): Promise<NewContent[]> {
  if (commits.length === 0) return []
  const options = [
    '-r',
    '-c',
    '--root',
    '--raw',
    '-z',
    '--no-abbrev',
    '--find-renames',
    '--ignore-submodules=all',
  ]
  const args = ['diff-tree', '--stdin', ...options, '--no-ext-diff', '--no-textconv', '-O/dev/null']
  const input = Buffer.from(commits.map(id => `${id}\n`).join(''))
  const { code, stdout, stderr } = await runGit(gitDir, args, { GIT_DIR: gitDir, ...env }, input)
  if (code === 0) return parseRaw(stdout.toString('latin1'))
  throw new UserError(
    `git cannot compare the new commits: ${stderr.trim()}`,
    'Check the repository with "git fsck".',
  )
}

/** `<commit> NUL`, then `:<modes> <ids> <status> NUL <path> NUL`; a merge has a colon, mode, id and status more a parent. */
function parseRaw(text: string): NewContent[] {
  const found: NewContent[] = []
  const fields = text.split('\0')
  let commit = ''
  for (let i = 0; i < fields.length; ) {
    const field = (fields[i++] ?? '').replace(/^\n/, '')
    if (!field.startsWith(':')) {
      if (field !== '') commit = field
      continue
    }
    const parents = /^:+/.exec(field)?.[0].length ?? 1
    const words = field.slice(parents).split(' ')
    const [modes, ids] = [words.slice(0, parents + 1), words.slice(parents + 1, 2 * parents + 2)]
    const status = words.at(-1) ?? ''
    const first = fields[i++] ?? ''
    // Only an ordinary commit's rename names the old path, too.
    const path = parents === 1 && /^[RC]/.test(status) ? (fields[i++] ?? '') : first
    const [id = '', mode = ''] = [ids.at(-1), modes.at(-1)]
    if (mode === '160000' || /^0*$/.test(id)) continue
    found.push({
      commit,
      path: Buffer.from(path, 'latin1'),
      id,
      mode: Number.parseInt(mode, 8),
      olds: ids.slice(0, -1).map(old => (/^0*$/.test(old) ? undefined : old)),
    })
  }
  return found
}
