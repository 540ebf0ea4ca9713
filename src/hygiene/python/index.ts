import type { ProjectFacts } from '../facts.ts'
import { flit } from './flit.ts'
import { hatch } from './hatch.ts'
import { pdm } from './pdm.ts'
import { poetry } from './poetry.ts'
import { type Backend, type PackedFile, Settings } from './python-project.ts'
import { setuptools } from './setuptools.ts'
import { uv } from './uv.ts'

/** Build backends of Python packages by the beginning of their names, alphabetical. */
const backends = {
  flit: ['Flit', flit],
  hatchling: ['Hatch', hatch],
  pdm: ['PDM', pdm],
  poetry: ['Poetry', poetry],
  setuptools: ['setuptools', setuptools],
  uv_build: ['uv', uv],
} satisfies Record<string, [name: string, backend: Backend]>

export interface PythonPacking {
  backend: string
  into: 'sdist' | 'wheel'
}

/** Which distribution of the Python package in a folder would take a file of it; undefined for none, or where none is published. */
export function packedByPython(
  file: PackedFile,
  folder: string,
  project: Pick<ProjectFacts, 'texts' | 'paths'>,
): PythonPacking | undefined {
  const prefix = folder === '' ? '' : `${folder}/`
  const text = (name: string) => project.texts.get(prefix + name) ?? ''
  const settings = Settings.parse(text('pyproject.toml'))
  const [name, backend] = backendOf(settings, text) ?? []
  if (!name || !backend || isPrivate(settings)) return undefined
  const into = backend(file, {
    settings,
    setupCfg: text('setup.cfg'),
    manifestIn: text('MANIFEST.in'),
    ignore: (text('.gitignore') || (project.texts.get('.gitignore') ?? '')).split(/\r?\n/),
    packages: findPackages(settings, prefix, project),
  })
  return into && { backend: name, into }
}

export function isPythonManifest(base: string): boolean {
  return /^(?:pyproject\.toml|setup\.py|setup\.cfg|MANIFEST\.in)$/.test(base)
}

/** Without a [build-system] only a setup.py makes a package; a pyproject.toml alone may just hold settings of tools. */
function backendOf(settings: Settings, text: (name: string) => string): [string, Backend] | undefined {
  const named = settings.table('build-system').text('build-backend')
  if (named === undefined)
    return settings.has('build-system') || text('setup.py') !== '' ? backends.setuptools : undefined
  return Object.entries<[string, Backend]>(backends).find(([start]) => named.startsWith(start))?.[1]
}

/** PyPI refuses what says so: https://packaging.python.org/en/latest/guides/writing-pyproject-toml/#classifiers */
function isPrivate(settings: Settings): boolean {
  const tables = [settings.table('project'), settings.table('tool', 'poetry')]
  const classifiers = tables.flatMap(table => table.texts('classifiers') ?? [])
  return classifiers.some(classifier => classifier.startsWith('Private ::'))
}

/** The folder called like the project, or the one that the backend is told, beside pyproject.toml or in `src`; else all packages there. */
function findPackages(settings: Settings, prefix: string, { paths }: Pick<ProjectFacts, 'paths'>): string[] {
  const told = [
    settings.table('tool', 'flit', 'module').text('name'),
    settings.table('tool', 'uv', 'build-backend').text('module-name'),
    ...(settings.table('tool', 'setuptools').texts('packages') ?? []),
    settings.table('project').text('name'),
    settings.table('tool', 'poetry').text('name'),
  ]
  const named = told
    .filter(name => name !== undefined)
    .map(name => name.replaceAll('-', '_').replaceAll('.', '/'))
    .flatMap(name => [name, `src/${name}`])
    .filter(folder => paths.has(`${prefix}${folder}/__init__.py`))
  return [...new Set(named.length ? named : topPackages(prefix, paths))]
}

function topPackages(prefix: string, paths: ReadonlySet<string>): string[] {
  return [...paths].flatMap(path => {
    const inner = path.startsWith(prefix) ? path.slice(prefix.length) : ''
    return /^((?:src\/)?[^/]+)\/__init__\.py$/.exec(inner)?.[1] ?? []
  })
}
