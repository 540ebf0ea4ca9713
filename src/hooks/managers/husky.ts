import { join } from 'node:path'
import { insertBlock, readBlock, removeBlock } from '../hook-block.ts'
import type { HookManager, HookProject } from '../hook-manager.ts'
import type { HookType } from '../hook-type.ts'
import { writeHookLines } from '../launcher.ts'

/** husky: scripts in `.husky/`, which a team shares. */
export const husky: HookManager = {
  name: 'husky',
  isUsed: ({ root, exists, read }) =>
    exists(join(root, '.husky')) || /"husky"\s*:/.test(read(join(root, 'package.json')) ?? ''),
  fileOf,
  isInstalled: (project, type) => readBlock(project.read(fileOf(project, type)) ?? '', type) !== undefined,
  install(project, type) {
    const path = fileOf(project, type)
    const lines = writeHookLines(type, project.templates[type], { kind: 'shared' })
    return [{ path, text: insertBlock(project.read(path), type, lines, ''), executable: true }]
  },
  uninstall(project, type) {
    const path = fileOf(project, type)
    const text = project.read(path)
    if (text === undefined || readBlock(text, type) === undefined) return []
    const rest = removeBlock(text, type)
    return [rest === undefined ? { path } : { path, text: rest, executable: true }]
  },
  nextStep: ({ hooksPath }) =>
    /[\\/]\.husky(?:[\\/]|$)/.test(hooksPath) ? undefined : 'Run "npx husky" once, so that git uses .husky/.',
}

/** Where git takes its hooks from, if husky has set that; in a monorepo it may be a folder below the root. */
function fileOf({ root, hooksPath }: HookProject, type: HookType): string {
  const folder = /^(.*[\\/]\.husky)(?:[\\/]_)?[\\/]?$/.exec(hooksPath)?.[1] ?? join(root, '.husky')
  return join(folder, type)
}
