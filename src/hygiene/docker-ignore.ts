import { matchGlobOrAbove } from './match-glob.ts'

/**
 * .dockerignore, as Docker reads it (https://docs.docker.com/build/concepts/context/#dockerignore-files): patterns count
 * from the context's root, a pattern that matches a folder takes what is in it, and the last that matches decides.
 * So `.env` leaves `api/.env` in, other than in .gitignore.
 */
export function createDockerIgnore(text: string): (path: string) => boolean {
  const patterns = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter(line => !line.startsWith('#') && line.trim() !== '')
    .map(readPattern)
  return path => {
    let isIgnored = false
    for (const { isException, glob } of patterns)
      if (glob !== '' && matchGlobOrAbove(glob, path)) isIgnored = !isException
    return isIgnored
  }
}

function readPattern(line: string): { isException: boolean; glob: string } {
  const trimmed = line.trim()
  const isException = trimmed.startsWith('!')
  const parts = (isException ? trimmed.slice(1) : trimmed).trim().split('/')
  return { isException, glob: parts.filter(part => part !== '' && part !== '.').join('/') }
}
