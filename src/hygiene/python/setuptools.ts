/** Setuptools: https://setuptools.pypa.io/en/latest/userguide/datafiles.html. Of setup.py only what MANIFEST.in and setup.cfg say is known. */
import { matchGlob } from '../match-glob.ts'
import { baseOf } from '../problem.ts'
import { decideByManifest } from './manifest-in.ts'
import type { Backend, PythonProject } from './python-project.ts'

export const setuptools: Backend = ({ path, isTracked }, project) => {
  const byManifest = decideByManifest(project.manifestIn, path)
  if (byManifest !== undefined) return byManifest ? 'sdist' : undefined
  if (isTracked && asksGit(project)) return 'sdist'
  return isPackageData(path, project) ? 'wheel' : undefined
}

/** Plugins that put everything that git tracks into the source distribution. */
function asksGit({ settings }: PythonProject): boolean {
  const requires = settings.table('build-system').texts('requires') ?? []
  return requires.some(name => /^setuptools[-_](?:scm|git)/i.test(name))
}

function isPackageData(path: string, { settings, setupCfg, packages }: PythonProject): boolean {
  const data = settings.table('tool', 'setuptools', 'package-data')
  const patterns = [...data.keys.flatMap(key => data.texts(key) ?? []), ...readPackageData(setupCfg)]
  const isIn = (folder: string, pattern: string) =>
    path.startsWith(`${folder}/`) && matchGlob(`${folder}/**/${pattern}`, path)
  // A star stands for no name that begins with a dot: one has to write the dot.
  const canMatch = (pattern: string) => !baseOf(path).startsWith('.') || baseOf(pattern).startsWith('.')
  return packages.some(folder => patterns.some(pattern => canMatch(pattern) && isIn(folder, pattern)))
}

/** `[options.package_data]` of setup.cfg: `app = *.env, data/*`, also over several lines. */
function readPackageData(setupCfg: string): string[] {
  const section = /^\[options\.package_data\]\s*\n((?:(?!\[).*\n?)*)/m.exec(setupCfg)?.[1] ?? ''
  return section
    .replace(/^[\w.*]+\s*=/gm, '')
    .split(/[\s,]+/)
    .filter(Boolean)
}
