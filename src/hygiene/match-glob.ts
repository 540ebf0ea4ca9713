/**
 * Whether a path matches a pattern whole: `*` and `?` within a folder's name, `[a-z]`, `\` before a plain character, `**` for
 * any number of folders. Takes no more steps than the product of their lengths, whatever the pattern.
 */
export function matchGlob(pattern: string, path: string): boolean {
  return matchFolders(splitPattern(pattern), path.split('/'))
}

/** The pattern itself, or a folder above the path. */
export function matchGlobOrAbove(pattern: string, path: string): boolean {
  return matchFolders([...splitPattern(pattern), '**'], path.split('/')) || matchGlob(pattern, path)
}

function splitPattern(pattern: string): string[] {
  return pattern.split('/').filter((part, i, parts) => part !== '**' || parts[i - 1] !== '**')
}

/** For each part of the pattern: after how many folders of the path it can end. */
function matchFolders(pattern: readonly string[], path: readonly string[]): boolean {
  let ends = new Set([0])
  for (const part of pattern) {
    const next = new Set<number>()
    if (part === '**') for (let at = Math.min(...ends); at <= path.length; at++) next.add(at)
    else for (const at of ends) if (at < path.length && matchName(part, path[at] ?? '')) next.add(at + 1)
    if (next.size === 0) return false
    ends = next
  }
  return ends.has(path.length)
}

interface Part {
  isStar: boolean
  takes(character: string): boolean
}

/** On a mismatch the last star takes one more: earlier ones never need to. */
function matchName(pattern: string, name: string): boolean {
  const parts = readParts(pattern)
  const characters = Array.from(name)
  let part = 0
  let star = -1
  let starAt = 0
  for (let at = 0; at < characters.length; ) {
    const current = parts[part]
    if (current?.isStar) {
      star = part++
      starAt = at
    } else if (current?.takes(characters[at] ?? '')) {
      part++
      at++
    } else if (star >= 0) {
      part = star + 1
      at = ++starAt
    } else return false
  }
  return parts.slice(part).every(({ isStar }) => isStar)
}

function readParts(pattern: string): Part[] {
  return [...pattern.matchAll(/\*+|\?|\[(\^|!)?((?:\\.|[^\]\\])+)\]|\\?(.)/gsu)].map(
    ([whole, not, set, plain]) => {
      if (whole.startsWith('*')) return { isStar: true, takes: () => true }
      if (whole === '?') return { isStar: false, takes: () => true }
      if (set !== undefined)
        return { isStar: false, takes: character => isInSet(set, character) !== (not !== undefined) }
      return { isStar: false, takes: character => character === plain }
    },
  )
}

function isInSet(set: string, character: string): boolean {
  return [...set.matchAll(/\\?(.)(?:-\\?(.))?/gsu)].some(
    ([, from = '', to = from]) => from <= character && character <= to,
  )
}
