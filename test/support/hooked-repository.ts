import { spawnSync } from 'node:child_process'
import { makeRepository } from './temporary-directory.ts'

/** What a person sees of a git command that hooks may stop. */
export function tryGit(
  directory: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { code: number | null; said: string } {
  const { NODE_EXTRA_CA_CERTS, ...rest } = process.env
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: directory,
    encoding: 'utf8',
    env: { ...rest, NO_COLOR: '1', ...env },
  })
  return { code: status, said: stdout + stderr }
}

/** A repository with a commit, so that hooks have something to compare with. */
export function makeCommitted(files: Readonly<Record<string, string>> = { 'a.ts': 'one\n' }): string {
  const directory = makeRepository(files)
  tryGit(directory, ['add', '.'])
  tryGit(directory, ['commit', '-qm', 'first'])
  return directory
}
