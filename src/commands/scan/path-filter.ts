import { createRelativePath, type Project } from '../project.ts'
import type { ScanRequest } from './scan-run.ts'

/**
 * `--include` and `--exclude` see paths as they are shown, the settings' globs see them from the settings' directory.
 * @param namePath a shown path → the path from the project's root
 */
export async function createPathFilter(
  {
    include,
    exclude,
    settings,
    gitleaksConfig,
  }: Pick<ScanRequest, 'include' | 'exclude' | 'settings' | 'gitleaksConfig'>,
  { root }: Project,
  namePath: (path: string) => string,
): Promise<(path: string) => boolean> {
  const isAsked = await filterBy(include, exclude)
  // What a config allows stands in it.
  const isWanted = gitleaksConfig
    ? (path: string) => namePath(path) !== gitleaksConfig.name && isAsked(path)
    : isAsked
  const { include: ownInclude = [], exclude: ownExclude = [] } = settings?.settings.scan ?? {}
  if (!settings || ownInclude.length + ownExclude.length === 0) return isWanted
  const isWantedBySettings = await filterBy(ownInclude, ownExclude)
  const toRelative = createRelativePath(root, settings.directory)
  return path => {
    const own = toRelative(namePath(path))
    return isWanted(path) && (own === undefined || isWantedBySettings(own))
  }
}

/** The globs' library is loaded only where there are globs. */
async function filterBy(
  include: readonly string[],
  exclude: readonly string[],
): Promise<(path: string) => boolean> {
  if (include.length + exclude.length === 0) return () => true
  const { compileGlobs } = await import('../../settings/path-globs.ts')
  const isIncluded = include.length ? compileGlobs(include) : () => true
  const isExcluded = compileGlobs(exclude)
  return path => isIncluded(path) && !isExcluded(path)
}
