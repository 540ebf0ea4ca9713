/** Flit takes all of the module, ignored by git or not: https://flit.pypa.io/en/latest/pyproject_toml.html#sdist-section */
import { matchGlobOrAbove } from '../match-glob.ts'
import { type Backend, isWithin } from './python-project.ts'

export const flit: Backend = ({ path }, { settings, packages }) => {
  const sdist = settings.table('tool', 'flit', 'sdist')
  const isIn = (key: string) =>
    (sdist.texts(key) ?? []).some(pattern => matchGlobOrAbove(pattern.replace(/\/+$/, ''), path))
  // What is excluded from the source distribution is in the wheel all the same.
  if (packages.some(folder => isWithin(path, folder))) return isIn('exclude') ? 'wheel' : 'sdist'
  return isIn('include') && !isIn('exclude') ? 'sdist' : undefined
}
