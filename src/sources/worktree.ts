/** The working tree: what git tracks and what it does not ignore; outside a repository all files. `.env` files always. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { CoverageTally } from '../coverage.ts'
import { UserError } from '../errors.ts'
import { listWorkTree } from '../git/list-work-tree.ts'
import { findRepository } from '../git/repository.ts'
import { type FileName, joinFileName, toFileName } from '../system/file-name.ts'
import { isMachineMade, type SkipLog, walkDirectory } from './walk-directory.ts'

/** One file to read: plain data, so that any thread can read it. */
export interface FileUnit extends FileName {
  tracked: boolean
  /** Named by the user, so a link is followed. */
  follow?: boolean
}

export interface WorktreeOptions {
  /** Directory that relative paths count from. */
  cwd: string
  /** Read what git ignores, too. */
  noIgnore: boolean
  isWanted: (path: string) => boolean
}

/**
 * Lists the files below the given paths. Paths in the result are as given and joined, as ripgrep shows them.
 * @throws UserError for a path that does not exist
 */
export async function planWorktree(
  paths: readonly string[],
  options: WorktreeOptions,
  coverage: CoverageTally,
): Promise<FileUnit[]> {
  const units: FileUnit[] = []
  for (const path of paths) {
    for (const unit of await listPath(path, options, coverage)) {
      if (options.isWanted(unit.path)) units.push(unit)
      else coverage.skip('excluded', unit.path)
    }
  }
  return mayOverlap(paths) ? dropRepeated(units) : units
}

/** Whether files of one path may be called as those of another are: it begins like it. */
function mayOverlap(paths: readonly string[]): boolean {
  const folders = paths.map(path => (path === '.' ? '' : `${path}/`.replace(/\/+$/, '/'))).sort()
  return folders.some((folder, i) => folders[i + 1]?.startsWith(folder))
}

function dropRepeated(units: readonly FileUnit[]): FileUnit[] {
  return [...new Map(units.map(unit => [unit.pathBytes ?? unit.path, unit])).values()]
}

async function listPath(
  path: string,
  options: WorktreeOptions,
  coverage: CoverageTally,
): Promise<FileUnit[]> {
  const status = statSync(resolveFrom(options.cwd, path), { throwIfNoEntry: false })
  if (!status)
    throw new UserError(
      `cannot read "${path}": no such file or directory`,
      'Check the path; it counts from the current directory.',
    )
  if (!status.isDirectory()) return [{ path, tracked: false, follow: true }]
  return listDirectory(path === '.' ? '' : path, options, coverage)
}

async function listDirectory(
  prefix: string,
  options: WorktreeOptions,
  coverage: CoverageTally,
): Promise<FileUnit[]> {
  const directory = resolveFrom(options.cwd, prefix)
  // To start git takes milliseconds.
  const listing = findRepository(directory) && (await listWorkTree(directory, options.noIgnore))
  if (!listing) return walk(prefix, options, coverage, () => true)
  const units: FileUnit[] = []
  for (const { bytes, tracked } of listing.names) {
    const name = joinFileName(prefix, toFileName(bytes))
    // A repository inside the repository, or a submodule.
    if (name.path.endsWith('/')) units.push(...(await listNested(name.path.slice(0, -1), options, coverage)))
    else units.push({ ...name, tracked })
  }
  for (const bytes of listing.ignored) {
    // The listed directory itself.
    if (bytes.equals(here)) {
      units.push(...walk(prefix, options, coverage, isEnvFile, false))
      continue
    }
    const name = joinFileName(prefix, toFileName(bytes))
    const path = name.path.replace(/\/$/, '')
    const base = path.slice(path.lastIndexOf('/') + 1)
    if (path === name.path) {
      if (isEnvFile(base)) units.push({ ...name, tracked: false })
    } else if (!isMachineMade(base)) {
      units.push(...walk(path, options, coverage, isEnvFile, false))
    }
  }
  return units
}

const here = Buffer.from('./')

async function listNested(
  path: string,
  options: WorktreeOptions,
  coverage: CoverageTally,
): Promise<FileUnit[]> {
  // A submodule that is not checked out is an empty directory; git would answer for the repository around it.
  if (!existsSync(resolveFrom(options.cwd, join(path, '.git')))) return []
  return listDirectory(path, options, coverage)
}

function walk(
  prefix: string,
  options: WorktreeOptions,
  coverage: CoverageTally,
  isWanted: (base: string) => boolean,
  report = true,
): FileUnit[] {
  const root = resolveFrom(options.cwd, prefix)
  const log: SkipLog = {
    // Of what git ignores only what was meant to be read is told.
    skip(reason, example) {
      if (report || reason === 'special-file') coverage.skip(reason, shownIn(root, prefix, example))
    },
  }
  const names = walkDirectory(root, { all: options.noIgnore, isWanted }, log)
  return names.map(name => ({ ...relativeTo(root, prefix, name), tracked: false }))
}

/** The folder itself, with what follows its name, is `./`. */
function shownIn(root: string, prefix: string, example: string): string {
  const { path } = relativeTo(root, prefix, { path: example })
  return example.startsWith(`${root}/ (`) && prefix === '' ? `./${path}` : path
}

function relativeTo(root: string, prefix: string, name: FileName): FileName {
  if (root === prefix) return name
  const above = root.endsWith('/') ? root : `${root}/`
  if (name.pathBytes === undefined) return joinFileName(prefix, { path: name.path.slice(above.length) })
  const bytes = Buffer.from(name.pathBytes, 'base64')
  return joinFileName(prefix, toFileName(bytes.subarray(Buffer.byteLength(above))))
}

/** `.env`, `.env.production`, `.envrc`, `production.env` */
function isEnvFile(base: string): boolean {
  return base.startsWith('.env') || base.endsWith('.env')
}

function resolveFrom(cwd: string, path: string): string {
  return path.startsWith('/') ? path : join(cwd, path)
}
