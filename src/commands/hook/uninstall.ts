import { ExitCode, UserError } from '../../errors.ts'
import type { FileChange, HookProject } from '../../hooks/hook-manager.ts'
import { hookTypes } from '../../hooks/hook-type.ts'
import { hookManagers } from '../../hooks/managers/index.ts'
import { confirm } from '../confirm.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import { applyChanges, describeChange } from './apply-changes.ts'
import { readHookProject } from './hook-project.ts'

/** Takes our blocks out of all hooks, after a question. */
export async function uninstallHooks({ yes }: { yes?: boolean }, context: Context): Promise<number> {
  const project = await readHookProject(context.cwd)
  const plan = planRemoval(project)
  if (plan.length === 0) {
    await writeText(context.stdout, 'No hook of stanch is installed.\n')
    return ExitCode.clean
  }
  const lines = new Set(plan.map(change => `${describeChange(change, context.cwd)}\n`))
  await writeText(context.stdout, [...lines].join(''))
  if (!yes && !(await confirm('Take the hooks out?', context)))
    throw new UserError('nothing was changed', 'Give --yes to go on without a question.')
  // One at a time: a file may hold the hooks of several types.
  for (let next = plan; next.length > 0; next = planRemoval(project)) applyChanges(next.slice(0, 1))
  return ExitCode.clean
}

function planRemoval(project: HookProject): FileChange[] {
  return Object.values(hookManagers)
    .filter(manager => manager.isUsed(project))
    .flatMap(manager => hookTypes.flatMap(type => manager.uninstall(project, type)))
}
