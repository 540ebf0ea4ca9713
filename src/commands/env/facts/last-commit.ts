import type { Repository } from '../../../git/repository.ts'
import { runGit } from '../../../git/run-git.ts'
import type { EnvFile } from '../../../hygiene/facts.ts'

/** When the project was last committed to, in milliseconds since 1970; undefined where no file makes it matter. */
export async function readLastCommit(
  root: string,
  repository: Repository | undefined,
  files: readonly EnvFile[],
): Promise<number | undefined> {
  if (!repository || !mayBeOrphaned(files)) return undefined
  const { code, stdout } = await runGit(root, ['log', '-1', '--format=%ct'])
  const seconds = Number(stdout.toString('latin1').trim())
  return code === 0 && seconds > 0 ? seconds * 1000 : undefined
}

/** Only of a file that git does not have, with what a provider gave out, it matters when the project was last changed. */
function mayBeOrphaned(files: readonly EnvFile[]): boolean {
  return files.some(
    ({ tracked, keys }) =>
      !tracked &&
      keys.some(({ classification: { provider } }) => provider !== undefined && provider !== 'generic'),
  )
}
