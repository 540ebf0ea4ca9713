/** uv's build backend takes all of the module, ignored by git or not: https://docs.astral.sh/uv/concepts/build-backend/ */
import { matchGlobOrAbove } from '../match-glob.ts'
import { type Backend, isWithin } from './python-project.ts'

export const uv: Backend = ({ path }, { settings, packages }) => {
  const build = settings.table('tool', 'uv', 'build-backend')
  const includes = (build.texts('source-include') ?? []).map(pattern => pattern.replace(/^\/|\/$/g, ''))
  const isIncluded = includes.some(pattern => matchGlobOrAbove(pattern, path))
  const isPart = isIncluded || packages.some(folder => isWithin(path, folder))
  // Without a slash before it, an exclusion counts in every folder.
  const isExcluded = (build.texts('source-exclude') ?? []).some(pattern =>
    matchGlobOrAbove(pattern.startsWith('/') ? pattern.slice(1) : `**/${pattern}`, path),
  )
  return isPart && !isExcluded ? 'sdist' : undefined
}
