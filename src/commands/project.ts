import { existsSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { findRepository, type Repository } from '../git/repository.ts'

/** What the current directory belongs to: its settings and suppressions count, those of other scanned trees do not. */
export interface Project {
  /** The work tree of the repository; outside of one the nearest directory with our files, else the current directory. */
  root: string
  repository?: Repository
}

export function findProject(cwd: string): Project {
  const repository = findRepository(cwd)
  if (repository) return { root: repository.workTree ?? repository.gitDir, repository }
  return { root: findMarked(cwd) ?? cwd }
}

const markers = [
  '.stanch.toml',
  '.stanchignore',
  '.stanch-baseline.jsonl',
  '.gitleaks.toml',
  '.betterleaks.toml',
]

function findMarked(cwd: string): string | undefined {
  for (let directory = cwd; ; directory = dirname(directory)) {
    if (markers.some(name => existsSync(join(directory, name)))) return directory
    if (dirname(directory) === directory) return undefined
  }
}

/** What only resolving settles: an empty part of a path, `.` or `..`. */
const detour = /(?:^|\/)\.{0,2}(?:\/|$)/

/**
 * Names paths from the root of what they belong to, so that a finding is called the same wherever the scan was started:
 * the project, else the repository of the scanned target that holds them, else that target itself.
 */
export function createPathNamer(
  project: Project,
  targets: readonly string[],
  cwd: string,
): (path: string) => string {
  const fromRoot = relative(project.root, cwd)
  const isPlain = isInside(project.root, cwd) && sep === '/'
  const roots = targets.map(target => rootOfTarget(project, resolve(cwd, target)))
  const below = sep === '/' ? [...new Set(roots)].map(root => `${root}/`) : []
  return path => {
    // By far the commonest, and asked for every file: below the current directory or a target, without detours.
    if (isPlain && !detour.test(path)) return fromRoot === '' ? path : `${fromRoot}/${path}`
    const inner = path.slice(below.find(prefix => path.startsWith(prefix))?.length ?? 0)
    if (inner !== path && !detour.test(inner)) return inner
    const wanted = resolve(cwd, path)
    const root = roots.find(known => isInside(known, wanted)) ?? project.root
    return relative(root, wanted).replaceAll(sep, '/')
  }
}

/** Paths from the project's root → paths from a directory in it; undefined for those elsewhere. */
export function createRelativePath(root: string, directory: string): (path: string) => string | undefined {
  const prefix = relative(root, directory).replaceAll(sep, '/')
  if (prefix === '' || !isInside(root, directory)) return path => path
  return path => (path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : undefined)
}

/** The root that a scanned path belongs to. */
export function rootOfTarget(project: Project, target: string): string {
  if (isInside(project.root, target)) return project.root
  return findRepository(target)?.workTree ?? folderOf(target)
}

function isInside(root: string, path: string): boolean {
  const inner = relative(root, path)
  return inner !== '..' && !inner.startsWith(`..${sep}`) && !isAbsolute(inner)
}

function folderOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path)
}
