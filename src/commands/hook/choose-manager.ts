import { UserError } from '../../errors.ts'
import type { HookManager, HookProject } from '../../hooks/hook-manager.ts'
import { hookManagers } from '../../hooks/managers/index.ts'

export interface ManagerOptions {
  husky?: boolean
  git?: boolean
  preCommitFramework?: boolean
  lefthook?: boolean
}

/** The one that was asked for, else the one that the repository uses. */
export function chooseManager(project: HookProject, options: ManagerOptions): HookManager {
  const asked = [
    ...(options.husky ? [hookManagers.husky] : []),
    ...(options.lefthook ? [hookManagers.lefthook] : []),
    ...(options.preCommitFramework ? [hookManagers['pre-commit-framework']] : []),
    ...(options.git ? [hookManagers.git] : []),
  ]
  const [first, second] = asked
  if (first && second)
    throw new UserError(`--${first.name} and --${second.name} exclude each other`, 'Give one of them.')
  if (project.isBare) return hookManagers.git
  return first ?? Object.values(hookManagers).find(manager => manager.isUsed(project)) ?? hookManagers.git
}
