/** Hatchling's file selection: https://hatch.pypa.io/latest/config/build/#file-selection. Patterns are those of .gitignore. */
import { matchesIgnoreLines } from '../git-ignore.ts'
import { type Backend, isWithin, type PackedFile, type PythonProject } from './python-project.ts'

export const hatch: Backend = (file, project) => {
  if (takes('sdist', file, project)) return 'sdist'
  return takes('wheel', file, project) ? 'wheel' : undefined
}

function takes(target: 'sdist' | 'wheel', { path }: PackedFile, project: PythonProject): boolean {
  const build = project.settings.table('tool', 'hatch', 'build')
  const own = build.table('targets', target)
  const list = (key: string) => own.texts(key) ?? build.texts(key)
  if (
    [...build.table('force-include').keys, ...own.table('force-include').keys].some(source =>
      isWithin(path, source),
    )
  )
    return true
  if (matchesIgnoreLines(list('artifacts') ?? [], path)) return isSelected()
  if (!(build.isOn('ignore-vcs') || own.isOn('ignore-vcs')) && matchesIgnoreLines(project.ignore, path))
    return false
  return isSelected() && !matchesIgnoreLines(list('exclude') ?? [], path)

  function isSelected(): boolean {
    const folders = list('only-include') ?? (target === 'wheel' ? own.texts('packages') : undefined)
    if (folders) return folders.some(folder => isWithin(path, folder))
    const include = list('include')
    if (include) return matchesIgnoreLines(include, path)
    return target === 'sdist' || project.packages.some(folder => isWithin(path, folder))
  }
}
