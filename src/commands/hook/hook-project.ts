import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UserError } from '../../errors.ts'
import { findRepository } from '../../git/repository.ts'
import type { HookProject } from '../../hooks/hook-manager.ts'
import { assetPath } from '../../system/assets.ts'
import { runProcess } from '../../system/process.ts'
import { readIfThere } from '../read-if-there.ts'

/** @throws UserError outside a repository */
export async function readHookProject(cwd: string): Promise<HookProject> {
  const repository = findRepository(cwd)
  if (!repository)
    throw new UserError(`there is no git repository around "${cwd}"`, 'Go into one, or run "git init".')
  const root = repository.workTree ?? repository.gitDir
  const defaultHooksPath = join(repository.commonDir, 'hooks')
  const set = await readHooksPath(root)
  return {
    root,
    hooksPath: set ? resolve(root, set.path) : defaultHooksPath,
    ...(set ? { hooksPathScope: set.scope } : {}),
    defaultHooksPath,
    isBare: repository.workTree === undefined,
    hasDependency: existsSync(join(root, 'node_modules/stanch/dist/hook.cjs')),
    node: process.execPath,
    hook: assetPath('dist/hook.cjs'),
    templates: {
      'pre-commit': readTemplate('pre-commit'),
      'pre-push': readTemplate('pre-push'),
      'pre-receive': readTemplate('pre-receive'),
    },
    read: readIfThere,
    exists: existsSync,
  }
}

function readTemplate(name: string): string {
  return readIfThere(assetPath(`hooks/${name}.sh`)) ?? ''
}

/** Asked of git, which knows every file that may set it. */
async function readHooksPath(root: string): Promise<{ scope: string; path: string } | undefined> {
  const args = ['config', '--show-scope', '--type=path', '--get', 'core.hooksPath']
  const { code, stdout } = await runProcess('git', args, { cwd: root, env: process.env })
  const [scope, path] = stdout.toString('utf8').trimEnd().split('\t')
  return code === 0 && scope && path ? { scope, path } : undefined
}
