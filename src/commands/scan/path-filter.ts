import { compileGlobs } from '../../settings/path-globs.ts'
import { createRelativePath, type Project } from '../project.ts'
import type { ScanRequest } from './scan-run.ts'

/**
 * `--include` and `--exclude` see paths as they are shown, the settings' globs see them from the settings' directory.
 * @param namePath a shown path → the path from the project's root
 */
export function createPathFilter(
  { include, exclude, settings }: Pick<ScanRequest, 'include' | 'exclude' | 'settings'>,
  { root }: Project,
  namePath: (path: string) => string,
): (path: string) => boolean {
  const isWanted = filterBy(include, exclude)
  const { include: ownInclude = [], exclude: ownExclude = [] } = settings?.settings.scan ?? {}
  if (!settings || ownInclude.length + ownExclude.length === 0) return isWanted
  const isWantedBySettings = filterBy(ownInclude, ownExclude)
  const toRelative = createRelativePath(root, settings.directory)
  return path => {
    const own = toRelative(namePath(path))
    return isWanted(path) && (own === undefined || isWantedBySettings(own))
  }
}

function filterBy(include: readonly string[], exclude: readonly string[]): (path: string) => boolean {
  const isIncluded = include.length ? compileGlobs(include) : () => true
  const isExcluded = exclude.length ? compileGlobs(exclude) : () => false
  return path => isIncluded(path) && !isExcluded(path)
}
