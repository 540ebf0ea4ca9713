/** Which commits a person means by a range, a date or a branch: git itself is asked, as it knows all ways to write them. */
import { UserError } from '../errors.ts'
import type { ObjectId } from './object-id.ts'
import type { Repository } from './repository.ts'
import { runGit } from './run-git.ts'

export interface CommitSelection {
  /** `A..B`, `A...B`, or a commit, which stands for all that it leads to. */
  range?: string | undefined
  /** A date, or a commit: what is not older, or not what it leads to. */
  since?: string | undefined
  /** A branch, tag or commit. */
  branch?: string | undefined
}

/**
 * The ids of the commits that are asked for.
 * @throws UserError for what names none, and where git is not installed or history is missing
 */
export async function listCommits(
  repository: Repository,
  { range, since, branch }: CommitSelection,
): Promise<Set<ObjectId>> {
  const start = since === undefined ? [] : await startAt(repository, since)
  const tips = range ?? branch
  for (const name of [range, branch]) checkName(name)
  const { code, stdout, stderr, startError } = await ask(repository, [
    'rev-list',
    ...(tips === undefined ? ['--all'] : [tips]),
    ...start,
    '--',
  ])
  if (startError !== undefined)
    throw new UserError('git cannot be started', 'Install git, or scan the whole history.')
  if (code === 0) return new Set(stdout.toString('latin1').split('\n').filter(Boolean))
  throw new UserError(
    `git cannot list the commits of "${tips ?? since ?? ''}": ${stderr.trim().split('\n')[0]}`,
    repository.isShallow
      ? 'This clone is shallow: fetch the commits first (git fetch --unshallow, or fetch-depth: 0).'
      : 'Name a range, branch, tag or commit that "git log" knows.',
  )
}

const looksLikeDate = /\d|ago|yesterday|today|now|noon|midnight|last|week|month|year/i

async function startAt(repository: Repository, since: string): Promise<string[]> {
  checkName(since)
  const { code, stdout } = await ask(repository, ['rev-parse', '--verify', '--quiet', `${since}^{commit}`])
  if (code === 0) return ['--not', stdout.toString('latin1').trim()]
  // Of anything else git would make the present moment.
  if (looksLikeDate.test(since)) return [`--since=${since}`]
  throw new UserError(
    `"${since}" is neither a commit nor a date`,
    'Write a date as 2026-11-26, or "2 weeks ago".',
  )
}

/** It must not be taken for an option. */
function checkName(name: string | undefined): void {
  if (name !== undefined && (name === '' || name.startsWith('-')))
    throw new UserError(
      `"${name}" names no commit`,
      'Name a range, branch, tag or commit that "git log" knows.',
    )
}

function ask({ gitDir }: Repository, args: readonly string[]): ReturnType<typeof runGit> {
  return runGit(gitDir, args, { GIT_DIR: gitDir, GIT_NO_REPLACE_OBJECTS: '1' })
}
