import { matchesIgnoreLines } from './git-ignore.ts'
import { matchGlobOrAbove } from './match-glob.ts'

/** What of a package.json decides which files `npm pack` takes (https://docs.npmjs.com/cli/commands/npm-publish). Nothing is run. */
export interface Manifest {
  isPrivate: boolean
  files?: string[]
}

/** What a package gives to others; a site, which nobody publishes, has none of them. */
const offers = ['bin', 'browser', 'exports', 'files', 'module', 'publishConfig', 'types', 'typings']

/**
 * `npm init` writes `main` into every manifest, and `repository` where there is one: they say something only of a file that
 * is there, and not of a program that is started.
 */
function isPackage(manifest: Record<string, unknown>, isThere: (path: string) => boolean): boolean {
  const has = (name: string) => Object.hasOwn(manifest, name)
  if (offers.some(has)) return true
  const { main, repository, scripts } = manifest
  return repository !== undefined && typeof main === 'string' && isThere(main) && !isStarted(scripts)
}

function isStarted(scripts: unknown): boolean {
  return (
    typeof scripts === 'object' &&
    scripts !== null &&
    ['start', 'serve', 'deploy'].some(name => name in scripts)
  )
}

/**
 * Undefined for what is no manifest of a package that is published.
 * @param isThere whether the project has a file, named from the manifest's folder
 */
export function readManifest(text: string, isThere: (path: string) => boolean): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) ?? {}
    const { name, version, private: isPrivate, files } = manifest
    if (typeof name !== 'string' || typeof version !== 'string') return undefined
    if (!isPackage(manifest, isThere)) return undefined
    return {
      isPrivate: isPrivate === true,
      ...(Array.isArray(files) ? { files: files.filter(entry => typeof entry === 'string') } : {}),
    }
  } catch {
    return undefined
  }
}

export interface PackRules {
  manifest: Manifest
  /** Text of .npmignore, else of .gitignore, in the package's folder. */
  ignore: string | undefined
}

/** Whether `npm pack` would take the file, named from the package's folder. */
export function isPacked(path: string, { manifest, ignore = '' }: PackRules): boolean {
  if (manifest.isPrivate || /(?:^|\/)node_modules\//.test(path)) return false
  if (manifest.files) {
    let isTaken = false
    for (const entry of manifest.files) {
      const pattern = entry
        .replace(/^!/, '')
        .replace(/^\.?\/+/, '')
        .replace(/\/+$/, '')
      const isMatch = pattern === '' || pattern === '.' || matchGlobOrAbove(pattern, path)
      if (isMatch) isTaken = !entry.startsWith('!')
    }
    return isTaken
  }
  return !matchesIgnoreLines(ignore.split(/\r?\n/), path)
}
