import { execFileSync } from 'node:child_process'
import { allShown, showStaged } from '../../git/show-staged.ts'
import type { Context } from '../context.ts'

/**
 * What our own script has git show, for another that calls us.
 * @throws where git does, or shows more than `most` bytes
 */
export function askGit({ cwd, env }: Pick<Context, 'cwd' | 'env'>, most: number): Buffer {
  const shown = execFileSync('git', showStaged, {
    cwd,
    env: { ...env, GIT_DIFF_OPTS: '' },
    maxBuffer: most,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return Buffer.concat([shown, Buffer.from(allShown)])
}
