import { execFileSync } from 'node:child_process'
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packedByPython } from '../../src/hygiene/python/index.ts'
import { git, makeDirectory, makeRepository } from '../support/temporary-directory.ts'

/** Builds both distributions with a build backend (PEP 517) and tells which files named `*.env` are in each. */
const script = `import contextlib, importlib, json, os, sys, tarfile, zipfile
backend = importlib.import_module(sys.argv[1])
out = os.dup(1)
os.dup2(2, 1)
sdist = os.path.join(sys.argv[2], backend.build_sdist(sys.argv[2]))
wheel = os.path.join(sys.argv[2], backend.build_wheel(sys.argv[2]))
names = [name.split('/', 1)[1] for name in tarfile.open(sdist).getnames() if '/' in name], zipfile.ZipFile(wheel).namelist()
os.write(out, json.dumps([[name for name in kind if name.endswith('.env')] for kind in names]).encode())`

const all = ['.env', 'app/.env', 'app/ignored.env', 'app/sub/prod.env', 'tests/.env']
const move = (root: string) => {
  rmSync(join(root, 'tests'), { recursive: true })
  execFileSync('mkdir', [join(root, 'src')])
  renameSync(join(root, 'app'), join(root, 'src/app'))
}
const manifest = (text: string) => (root: string) => writeFileSync(join(root, 'MANIFEST.in'), text)
const twoPackages = '[tool.setuptools]\npackages = ["app", "app.sub"]\n'

const rows: [backend: string, title: string, settings: string, change?: (root: string) => void][] = [
  ['hatchling.build', 'without settings', ''],
  ['hatchling.build', 'a source layout', '', move],
  ['hatchling.build', 'included folders', '[tool.hatch.build.targets.sdist]\ninclude = ["app"]'],
  ['hatchling.build', 'excluded files', '[tool.hatch.build]\nexclude = ["*.env"]'],
  ['hatchling.build', 'one excluded name', '[tool.hatch.build]\nexclude = ["prod.env"]'],
  [
    'hatchling.build',
    'nothing but a folder',
    '[tool.hatch.build.targets.sdist]\nonly-include = ["app/sub"]\n[tool.hatch.build.targets.wheel]\npackages = ["app/sub"]',
  ],
  [
    'hatchling.build',
    'a file that is forced in',
    '[tool.hatch.build.targets.sdist]\nonly-include = ["app/sub"]\n[tool.hatch.build.targets.wheel]\npackages = ["app/sub"]\n[tool.hatch.build.targets.wheel.force-include]\n".env" = "app/x.env"',
  ],
  ['hatchling.build', 'artefacts', '[tool.hatch.build]\nartifacts = ["ignored.env"]'],
  ['setuptools.build_meta', 'without a manifest', twoPackages],
  ['setuptools.build_meta', 'package data', `${twoPackages}[tool.setuptools.package-data]\n"*" = ["*.env"]`],
  [
    'setuptools.build_meta',
    'package data with a dot',
    `${twoPackages}[tool.setuptools.package-data]\napp = [".env"]`,
  ],
  ['setuptools.build_meta', 'a manifest', twoPackages, manifest('include .env\nrecursive-include tests *\n')],
  ['setuptools.build_meta', 'a grafted folder', twoPackages, manifest('graft app\nprune app/sub\n')],
  [
    'setuptools.build_meta',
    'excluded again',
    twoPackages,
    manifest('global-include *.env\nexclude .env\nrecursive-exclude app *.env\n'),
  ],
  ['poetry.core.masonry.api', 'without settings', ''],
  [
    'poetry.core.masonry.api',
    'a source layout',
    '[tool.poetry]\npackages = [{ include = "app", from = "src" }]',
    move,
  ],
  [
    'poetry.core.masonry.api',
    'files included and excluded',
    '[tool.poetry]\ninclude = [".env", { path = "tests", format = "sdist" }]\nexclude = ["app/sub/prod.env"]',
  ],
  [
    'poetry.core.masonry.api',
    'an ignored file that is included',
    '[tool.poetry]\ninclude = ["app/ignored.env"]',
  ],
  ['flit_core.buildapi', 'without settings', ''],
  ['flit_core.buildapi', 'a source layout', '', move],
  [
    'flit_core.buildapi',
    'files included and excluded',
    '[tool.flit.sdist]\ninclude = ["tests/", ".env"]\nexclude = ["app/sub/*.env"]',
  ],
  ['pdm.backend', 'without settings', ''],
  [
    'pdm.backend',
    'files included and excluded',
    '[tool.pdm.build]\nincludes = ["app", ".env"]\nexcludes = ["app/sub/*.env"]',
  ],
  ['uv_build', 'a source layout', '', move],
  [
    'uv_build',
    'files included',
    '[tool.uv.build-backend]\nsource-include = [".env"]\nsource-exclude = ["prod.env"]',
    move,
  ],
]

for (const [backend, title, settings, change] of rows)
  test(`${backend} packs the env files that its settings are read to pack: ${title}`, () => {
    const root = makeProject(backend, settings)
    change?.(root)
    const texts = new Map(
      ['pyproject.toml', 'MANIFEST.in', '.gitignore'].flatMap(name =>
        existsSync(join(root, name)) ? [[name, execFileSync('cat', [join(root, name)]).toString()]] : [],
      ),
    )
    const paths = new Set(git(root, 'ls-files', '--others', '--cached').split('\n'))
    const predicted = [...paths]
      .filter(path => path.endsWith('.env'))
      .filter(path => {
        const isIgnored = path.endsWith('ignored.env')
        return packedByPython({ path, isTracked: false, isIgnored }, '', { texts, paths })
      })
    expect(predicted.map(place).sort()).toEqual(build(root, backend))
  })

function makeProject(backend: string, settings: string): string {
  const requires = backend.split('.')[0]
  return makeRepository({
    'pyproject.toml': `[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${backend}"\n[project]\nname = "app"\nversion = "1.0"\ndescription = "x"\n${settings}\n`,
    '.gitignore': 'ignored.env\n',
    'README.md': 'x',
    'app/__init__.py': '"""x"""\n',
    'app/sub/__init__.py': '',
    ...Object.fromEntries(all.map(path => [path, 'A=1\n'])),
  })
}

/** Every env file that is in the source distribution or the wheel. */
function build(root: string, backend: string): string[] {
  const python = process.env.TEST_PYTHON
  if (!python)
    throw new Error(
      'TEST_PYTHON names no Python with the build backends: pip install hatchling setuptools poetry-core flit-core pdm-backend uv-build (versions in .ci/run)',
    )
  const target = makeDirectory()
  const env = { PATH: `${join(python, '..')}:${process.env.PATH}`, HOME: target }
  const output = execFileSync(python, ['-c', script, backend, target], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).toString()
  const [sdist, wheel]: [string[], string[]] = JSON.parse(output)
  return [...new Set([...sdist, ...wheel].map(place))].sort()
}

/** Wheels have no `src` above the package; of a file that is put elsewhere the base name tells. */
function place(path: string): string {
  return path
    .replace(/^src\//, '')
    .replace(/^(?:app\/)?x\.env$/, '.env')
    .replace(/^sub\//, 'app/sub/')
}
