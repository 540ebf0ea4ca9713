/** One safe change. Paths count from the project's root; none of it holds a value. */
export type Repair =
  | { kind: 'untrack'; path: string }
  | { kind: 'chmod'; path: string; mode: number }
  /** Lines at the end of an ignore file, which is made where it is not there. */
  | { kind: 'ignore'; path: string; line: string }
  /** Names without values at the end of a template, which is made where it is not there. */
  | { kind: 'name-keys'; path: string; keys: readonly string[] }
  /** Takes the value out of a line. */
  | { kind: 'blank'; path: string; key: string; line: number }

/** In the order in which they are made: what several problems ask for is done once. */
export function planRepairs(problems: readonly { repairs?: readonly Repair[] | undefined }[]): Repair[] {
  const unique = new Map(
    problems.flatMap(({ repairs = [] }) => repairs.map(repair => [JSON.stringify(repair), repair] as const)),
  )
  return [...unique.values()].sort(
    (a, b) =>
      order.indexOf(a.kind) - order.indexOf(b.kind) || (a.path < b.path ? -1 : Number(a.path > b.path)),
  )
}

const order: readonly Repair['kind'][] = ['ignore', 'untrack', 'chmod', 'blank', 'name-keys']

export function describeRepair(repair: Repair): string {
  switch (repair.kind) {
    case 'untrack':
      return `git rm --cached ${repair.path}   (the file stays)`
    case 'chmod':
      return `chmod ${repair.mode.toString(8)} ${repair.path}`
    case 'ignore':
      return `add the line ${repair.line} to ${repair.path}`
    case 'name-keys':
      return `name ${repair.keys.join(', ')} in ${repair.path}, without values`
    case 'blank':
      return `blank ${repair.key} in ${repair.path}:${repair.line}`
  }
}

/** Has git ignore one file: a line in .gitignore, below the rule that takes the file back in where there is one. */
export function ignoreInGit({
  path,
  negation,
}: {
  path: string
  negation?: { path: string } | undefined
}): Repair {
  const file = negation && /(?:^|\/)\.gitignore$/.test(negation.path) ? negation.path : '.gitignore'
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  return { kind: 'ignore', path: file, line: `/${escapePattern(path.slice(folder.length))}` }
}

export function escapePattern(path: string): string {
  return path.replace(/[*?[\]\\]/g, '\\$&').replace(/ +$/, blanks => '\\ '.repeat(blanks.length))
}
