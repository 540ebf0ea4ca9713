import { doubtSecrets, inGitAnyway } from '../doubt.ts'
import type { ProjectFacts } from '../facts.ts'
import { joinPath } from '../join-path.ts'
import { isPacked, readManifest } from '../npm-package.ts'
import { atSecrets, exposedFiles, folderOf, type HygieneRule, listNames, secretsOf } from '../problem.ts'
import { packedByPython } from '../python/index.ts'

export const packed: HygieneRule = {
  severity: 'high',
  summary: 'a package or an archive carries it away',
  check: project => [
    ...checkNpm(project),
    ...checkPython(project),
    ...checkArchives(project),
    ...checkDumps(project),
  ],
}

function checkNpm(project: ProjectFacts) {
  return exposedFiles(project).flatMap(file => {
    const folder = folderWith(['package.json'], file.path, project)
    if (folder === undefined) return []
    const prefix = folder === '' ? '' : `${folder}/`
    const manifest = readManifest(project.texts.get(`${prefix}package.json`) ?? '', main =>
      isThere(joinPath(folder, main), project),
    )
    const ignore = project.texts.get(`${prefix}.npmignore`) ?? project.texts.get(`${prefix}.gitignore`)
    if (!manifest || !isPacked(file.path.slice(prefix.length), { manifest, ignore })) return []
    return [
      {
        ...atSecrets(file),
        ...doubtSecrets(secretsOf(file), file),
        severity: 'high' as const,
        message: `npm would publish it with the package of ${prefix}package.json`,
        fix: 'Name what belongs to the package in "files" of package.json, or say "private": true.',
      },
    ]
  })
}

/** As Node resolves it; what a build makes is not there yet. */
function isThere(path: string | undefined, { paths }: ProjectFacts): boolean {
  if (path === undefined) return false
  const names = [path, `${path}.js`, `${path}.cjs`, `${path}.mjs`, `${path}/index.js`]
  return names.some(name => paths.has(name)) || /(?:^|\/)(?:dist|lib|build|out)\//.test(path)
}

function checkPython(project: ProjectFacts) {
  return exposedFiles(project).flatMap(file => {
    const folder = folderWith(['pyproject.toml', 'setup.py'], file.path, project)
    if (folder === undefined) return []
    const path = folder === '' ? file.path : file.path.slice(folder.length + 1)
    const packing = packedByPython(
      { path, isTracked: file.tracked, isIgnored: file.ignored !== 'no' },
      folder,
      project,
    )
    if (!packing) return []
    const into = packing.into === 'sdist' ? 'source distribution' : 'wheel'
    return [
      {
        ...atSecrets(file),
        ...doubtSecrets(secretsOf(file), file),
        severity: 'high' as const,
        message: `${packing.backend} would put it into the ${into} of ${folder === '' ? 'this project' : folder}`,
        fix: 'Exclude it in the settings of the build, or keep it out of the folders that are packed.',
      },
    ]
  })
}

/** The nearest folder above the file that has one of these. */
function folderWith(names: readonly string[], path: string, { texts }: ProjectFacts): string | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    if (names.some(name => texts.has(folder === '' ? name : `${folder}/${name}`))) return folder
    if (folder === '') return undefined
  }
}

/** One problem for an env file in an archive, whatever it holds. */
function checkArchives({ sightings, files }: ProjectFacts) {
  const tracked = files.filter(file => file.tracked).flatMap(({ keys }) => keys.map(({ digest }) => digest))
  const inGit = new Set(tracked)
  const inArchives = sightings.filter(({ kind }) => kind === 'archive')
  return [...new Set(inArchives.map(({ path }) => path))].map(path => {
    const held = inArchives.filter(sighting => sighting.path === path)
    const keys = held.map(({ key }) => key)
    return {
      path,
      key: keys[0] ?? '',
      severity: 'high' as const,
      ...(held.every(({ digest }) => inGit.has(digest)) ? inGitAnyway : {}),
      message: `the archive holds an env file with secrets in clear: ${listNames(keys)}`,
      fix: 'Delete the archive or make it anew without the file, and replace the secrets if it was given away.',
    }
  })
}

/** What a program held in memory when it crashed. */
function checkDumps({ sightings }: ProjectFacts) {
  return sightings
    .filter(({ kind }) => kind === 'dump')
    .map(({ path, key }) => ({
      path,
      key,
      severity: 'high' as const,
      message: `the memory dump holds the value of ${key}`,
      fix: 'Delete the dump, and replace the secret if the dump was given away.',
    }))
}
