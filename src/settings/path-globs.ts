import { Minimatch } from 'minimatch'

/**
 * Whether a path matches a glob as people know them from `.gitignore`: one without a slash matches at any depth, a
 * leading slash starts at the root, and a folder stands for all that is in it.
 */
export function compileGlobs(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.flatMap(spellings).map(glob => new Minimatch(glob, { dot: true }))
  return path => {
    const clean = path.replace(/^(?:\.\/)+/, '')
    return patterns.some(pattern => pattern.match(clean))
  }
}

function spellings(glob: string): string[] {
  const folder = glob.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '')
  const rooted = folder.includes('/') ? folder.replace(/^\//, '') : `**/${folder}`
  return [...(glob.endsWith('/') ? [] : [rooted]), `${rooted}/**`]
}
