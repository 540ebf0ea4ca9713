import type { HookManager } from '../hook-manager.ts'
import { git } from './git.ts'
import { husky } from './husky.ts'
import { lefthook } from './lefthook.ts'
import { preCommitFramework } from './pre-commit-framework.ts'

/** In the order in which they are recognised: every repository has git's own hooks. */
export const hookManagers = {
  husky,
  lefthook,
  'pre-commit-framework': preCommitFramework,
  git,
} satisfies Record<string, HookManager>
