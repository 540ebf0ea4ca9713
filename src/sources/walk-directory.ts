import { readdirSync } from 'node:fs'
import type { SkipReason } from '../model.ts'
import { type FileName, joinFileName, toFileName, toFsPath } from '../system/file-name.ts'

/** Directories of tools and version control that hold copies of what is elsewhere. */
const machineMade = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '.jj',
  'bower_components',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.mypy_cache',
  '.pytest_cache',
  '.gradle',
  '.terraform',
  '.yarn',
  '.pnpm-store',
  '.cache',
])

/** Whether a directory of this name is left out unless all are asked for. */
export function isMachineMade(baseName: string): boolean {
  return machineMade.has(baseName)
}

/** Is told of what is left out. */
export interface SkipLog {
  skip(reason: SkipReason, example: string): void
}

export interface WalkOptions {
  /** Enter the directories that tools make, too. */
  all: boolean
  isWanted: (baseName: string) => boolean
}

/** Every file below a directory, in the order of names. Links are files; they are not followed. */
export function walkDirectory(directory: string, options: WalkOptions, coverage: SkipLog): FileName[] {
  const found: FileName[] = []
  const open: FileName[] = [{ path: directory }]
  for (let at = open.pop(); at; at = open.pop()) {
    const below: FileName[] = []
    for (const entry of readEntries(at, coverage)) {
      const base = toFileName(entry.name)
      const name = joinNames(at, base)
      if (!entry.isDirectory()) {
        if (!options.isWanted(base.path)) continue
        if (entry.isFile() || entry.isSymbolicLink()) found.push(name)
        else coverage.skip('special-file', name.path)
      } else if (base.path === '.git' || (!options.all && isMachineMade(base.path))) {
        coverage.skip('excluded', `${name.path}/`)
      } else {
        below.push(name)
      }
    }
    open.push(...below.reverse())
  }
  return found
}

function readEntries(directory: FileName, coverage: SkipLog) {
  try {
    const entries = readdirSync(toFsPath(directory), { withFileTypes: true, encoding: 'buffer' })
    return entries.sort((a, b) => Buffer.compare(a.name, b.name))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    coverage.skip('unreadable', `${directory.path}/ (${code})`)
    return []
  }
}

function joinNames(directory: FileName, base: FileName): FileName {
  if (directory.pathBytes === undefined) return joinFileName(directory.path, base)
  const baseBytes =
    base.pathBytes === undefined ? Buffer.from(base.path) : Buffer.from(base.pathBytes, 'base64')
  return toFileName(Buffer.concat([Buffer.from(directory.pathBytes, 'base64'), Buffer.from('/'), baseBytes]))
}
