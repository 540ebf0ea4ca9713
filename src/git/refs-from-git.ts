/** Refs as git itself lists them: for repositories that keep them in a way that we do not know. */
import type { ObjectId } from './object-id.ts'
import type { Repository } from './repository.ts'
import { runGitSync } from './run-git.ts'

/** Name → object, HEAD among them; nothing where git cannot tell. */
export function listRefsWithGit({ gitDir }: Repository): Map<string, ObjectId> {
  const head = linesOf(gitDir, ['rev-parse', '--verify', '--quiet', 'HEAD'])
  const refs = linesOf(gitDir, ['for-each-ref', '--format=%(objectname) %(refname)'])
  const pairs = [...head.map(id => [id, 'HEAD']), ...refs.map(line => line.split(' ', 2))]
  return new Map(pairs.map(([id = '', name = '']) => [name, id]))
}

export function listReflogIdsWithGit({ gitDir }: Repository): ObjectId[] {
  return linesOf(gitDir, ['log', '--walk-reflogs', '--all', '--format=%H', '--no-show-signature'])
}

function linesOf(gitDir: string, args: readonly string[]): string[] {
  const { code, stdout } = runGitSync(gitDir, args, Number.POSITIVE_INFINITY)
  return code === 0 ? stdout.toString('utf8').split('\n').filter(Boolean) : []
}
