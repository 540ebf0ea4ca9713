import { matchGlobOrAbove } from './match-glob.ts'

/** Whether patterns as in one .gitignore name a path; the last that matches decides. */
export function matchesIgnoreLines(lines: readonly string[], path: string): boolean {
  let isIgnored = false
  for (const line of lines) {
    const pattern = line.trim()
    if (pattern === '' || pattern.startsWith('#')) continue
    if (matchesIgnore(path, pattern.replace(/^!/, ''))) isIgnored = !pattern.startsWith('!')
  }
  return isIgnored
}

/** Without an inner slash a pattern counts in every folder. */
function matchesIgnore(path: string, written: string): boolean {
  const pattern = written.replace(/^\/+|\/+$/g, '')
  const isAnywhere = !written.replace(/\/+$/, '').includes('/')
  return matchGlobOrAbove(isAnywhere ? `**/${pattern}` : pattern, path)
}
