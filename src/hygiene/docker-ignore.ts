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
    for (const { isException, regex } of patterns) if (regex.test(path)) isIgnored = !isException
    return isIgnored
  }
}

function readPattern(line: string): { isException: boolean; regex: RegExp } {
  const trimmed = line.trim()
  const isException = trimmed.startsWith('!')
  const cleaned = (isException ? trimmed.slice(1).trim() : trimmed)
    .replace(/^(?:\.?\/+)+/, '')
    .replace(/\/+$/, '')
    .replace(/\/(?:\.\/)+|\/{2,}/g, '/')
  // "." alone is passed over by Docker.
  return { isException, regex: cleaned === '' || cleaned === '.' ? /(?!)/ : toRegex(cleaned) }
}

/** The pattern itself, or anything below it. */
function toRegex(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\/\*\*$|\*\*|\*|\?|\[[^\]]*\]|\\.|[^*?[\\]/g, part => {
    if (part === '**/') return '(?:.*/)?'
    if (part === '/**') return '/.*'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    if (part.startsWith('[') && part.length > 2) return part.replace(/\\/g, '\\\\')
    return (part.startsWith('\\') ? part.slice(1) : part).replace(/[.+^${}()|[\]\\*?/-]/g, '\\$&')
  })
  try {
    return new RegExp(`^${source}(?:/.*)?$`, 's')
  } catch {
    return /(?!)/
  }
}
