/** Poetry's `packages`, `include` and `exclude`: https://python-poetry.org/docs/pyproject/. What git ignores it takes only by `include`. */
import { matchGlobOrAbove } from '../match-glob.ts'
import { type Backend, isWithin, type PythonProject } from './python-project.ts'

export const poetry: Backend = ({ path, isIgnored }, project) => {
  const settings = project.settings.table('tool', 'poetry')
  const isIn = (patterns: readonly string[]) =>
    patterns.some(pattern => matchGlobOrAbove(clean(pattern), path))
  const included = settings.tables('include').flatMap(entry => entry.text('path') ?? [])
  const isExcluded = isIn(settings.texts('exclude') ?? [])
  if (isExcluded) return undefined
  if (isIn(included)) return 'sdist'
  const isPart = packagesOf(project).some(folder => isWithin(path, folder) || isIn([folder]))
  return isPart && !isIgnored ? 'sdist' : undefined
}

function packagesOf({ settings, packages }: PythonProject): readonly string[] {
  const poetry = settings.table('tool', 'poetry')
  if (!poetry.has('packages')) return packages
  return poetry
    .tables('packages')
    .map(entry => [entry.text('from'), entry.text('include')].filter(Boolean).join('/'))
}

function clean(pattern: string): string {
  return pattern.replace(/^\.?\/+|\/+$/g, '')
}
