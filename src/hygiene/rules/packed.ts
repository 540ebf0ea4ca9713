import type { ProjectFacts } from '../facts.ts'
import { isPacked, readManifest } from '../packed-files.ts'
import { atSecrets, exposedFiles, folderOf, type HygieneRule, listNames } from '../problem.ts'

export const packed: HygieneRule = {
  severity: 'high',
  summary: 'a package or an archive carries it away',
  check: project => [...checkPackages(project), ...checkArchives(project)],
}

function checkPackages(project: ProjectFacts) {
  return exposedFiles(project).flatMap(file => {
    const folder = packageFolder(file.path, project)
    if (folder === undefined) return []
    const prefix = folder === '' ? '' : `${folder}/`
    const manifest = readManifest(project.texts.get(`${prefix}package.json`) ?? '')
    const ignore = project.texts.get(`${prefix}.npmignore`) ?? project.texts.get(`${prefix}.gitignore`)
    if (!manifest || !isPacked(file.path.slice(prefix.length), { manifest, ignore })) return []
    return [
      {
        ...atSecrets(file),
        severity: 'high' as const,
        message: `npm would publish it with the package of ${prefix}package.json`,
        fix: 'Name what belongs to the package in "files" of package.json, or say "private": true.',
      },
    ]
  })
}

/** The nearest folder above the file that is a package. */
function packageFolder(path: string, { texts }: ProjectFacts): string | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    if (texts.has(folder === '' ? 'package.json' : `${folder}/package.json`)) return folder
    if (folder === '') return undefined
  }
}

/** One problem for an env file in an archive, whatever it holds. */
function checkArchives({ sightings }: ProjectFacts) {
  const inArchives = sightings.filter(({ kind }) => kind === 'archive')
  return [...new Set(inArchives.map(({ path }) => path))].map(path => {
    const keys = inArchives.filter(sighting => sighting.path === path).map(({ key }) => key)
    return {
      path,
      key: keys[0] ?? '',
      severity: 'high' as const,
      message: `the archive holds an env file with secrets in clear: ${listNames(keys)}`,
      fix: 'Delete the archive or make it anew without the file, and replace the secrets if it was given away.',
    }
  })
}
