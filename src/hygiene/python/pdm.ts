/** PDM's backend takes packages and tests, ignored by git or not: https://backend.pdm-project.org/build_config/ */
import { matchGlobOrAbove } from '../match-glob.ts'
import { type Backend, isWithin } from './python-project.ts'

export const pdm: Backend = ({ path }, { settings, packages }) => {
  const build = settings.table('tool', 'pdm', 'build')
  const isIn = (patterns: readonly string[]) =>
    patterns.some(pattern => matchGlobOrAbove(pattern.replace(/^\.?\/+|\/+$/g, ''), path))
  if (isIn(build.texts('excludes') ?? [])) return undefined
  const includes = build.texts('includes')
  const isPart = includes ? isIn(includes) : packages.some(folder => isWithin(path, folder))
  return isPart || isIn(build.texts('source-includes') ?? ['tests']) ? 'sdist' : undefined
}
