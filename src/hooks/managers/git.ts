import { join } from 'node:path'
import { UserError } from '../../errors.ts'
import { insertBlock, isShellScript, readBlock, removeBlock } from '../hook-block.ts'
import type { HookManager, HookProject } from '../hook-manager.ts'
import type { HookType } from '../hook-type.ts'
import { writeHookLines } from '../launcher.ts'

/** Hooks as git itself runs them: a script in the repository's folder of hooks. */
export const git: HookManager = {
  name: 'git',
  isUsed: () => true,
  fileOf,
  isInstalled: (project, type) => readBlock(project.read(fileOf(project, type)) ?? '', type) !== undefined,
  install(project, type) {
    refuseForeignFolder(project)
    const path = fileOf(project, type)
    const { node, hook, templates } = project
    const lines = writeHookLines(type, templates[type], { kind: 'installed', node, hook })
    const text = project.read(path)
    if (text === undefined || isShellScript(text))
      return [{ path, text: insertBlock(text, type, lines, SHEBANG), executable: true }]
    // A program, or a script in another language, is moved aside and run after ours.
    const kept = `${path}${KEPT}`
    const chain = `${lines}\nexec "$(dirname "$0")/${type}${KEPT}" "$@"`
    return [
      { path: kept, movedFrom: path },
      { path, text: insertBlock(undefined, type, chain, SHEBANG), executable: true },
    ]
  },
  uninstall(project, type) {
    const path = fileOf(project, type)
    const text = project.read(path)
    if (text === undefined || readBlock(text, type) === undefined) return []
    if (project.exists(`${path}${KEPT}`)) return [{ path, movedFrom: `${path}${KEPT}` }]
    const rest = removeBlock(text, type)
    return [rest === undefined ? { path } : { path, text: rest, executable: true }]
  },
}

const SHEBANG = '#!/bin/sh\n'
const KEPT = '.before-stanch'

function fileOf({ hooksPath }: HookProject, type: HookType): string {
  return join(hooksPath, type)
}

function refuseForeignFolder({ hooksPathScope, hooksPath }: HookProject): void {
  if (hooksPathScope === undefined || hooksPathScope === 'local' || hooksPathScope === 'worktree') return
  throw new UserError(
    `git takes hooks from "${hooksPath}" (core.hooksPath, set in the ${hooksPathScope} configuration)`,
    'A hook there would run in every repository. Set core.hooksPath for this one: git config core.hooksPath .git/hooks',
  )
}
