import type { EnvFile, KeyFact } from '../facts.ts'
import type { HygieneRule } from '../problem.ts'

export const duplicateKey: HygieneRule = {
  severity: 'low',
  summary: 'a key stands twice in a file, and the last counts',
  check: ({ files }) => files.filter(file => !file.isCopy && !isScript(file)).flatMap(check),
}

/** `DIRS[((i++))]=…` is a shell's code, in which a variable may be set as often as it is needed. */
function isScript({ keys }: EnvFile): boolean {
  return keys.some(({ name }) => /[[\]()]/.test(name))
}

function check(file: EnvFile) {
  const first = new Map<string, KeyFact>()
  return file.keys.flatMap(key => {
    const before = first.get(key.name)
    first.set(key.name, key)
    if (!before) return []
    return [
      {
        path: file.path,
        line: key.line,
        key: key.name,
        severity: 'low' as const,
        message: `${key.name} stands in line ${before.line} already, with ${before.digest === key.digest ? 'the same' : 'another'} value; the last counts for most programs`,
        fix: 'Take one of them out.',
      },
    ]
  })
}
