import { relative } from 'node:path'
import { ExitCode, UserError } from '../../errors.ts'
import type { HookType } from '../../hooks/hook-type.ts'
import { isCompiled } from '../../system/load-code.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import { applyChanges } from './apply-changes.ts'
import { chooseManager, type ManagerOptions } from './choose-manager.ts'
import { compileHookAnew } from './compile-hook.ts'
import { readHookProject } from './hook-project.ts'

export interface InstallOptions extends ManagerOptions {
  type: HookType
}

/** Puts our block into the hook; what is there stays. Can be run twice. */
export async function installHook(options: InstallOptions, context: Context): Promise<number> {
  const { type } = options
  const project = await readHookProject(context.cwd)
  if (project.isBare !== (type === 'pre-receive'))
    throw new UserError(
      project.isBare
        ? 'a bare repository has no commits of its own to check'
        : 'pre-receive runs on a server',
      project.isBare
        ? 'Install --type pre-receive there.'
        : 'Run it in the bare repository that is pushed to.',
    )
  const manager = chooseManager(project, options)
  applyChanges(manager.install(project, type))
  if (!isCompiled('hook-code')) await compileHookAnew()
  const shown = relative(context.cwd, manager.fileOf(project, type))
  const next = manager.nextStep?.(project, type)
  await writeText(
    context.stdout,
    `${type} hook installed in ${shown} (${manager.name}).\n${next ? `${next}\n` : ''}`,
  )
  return ExitCode.clean
}
