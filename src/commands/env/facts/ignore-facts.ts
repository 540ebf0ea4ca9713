import { isAbsolute } from 'node:path'
import { runGit } from '../../../git/run-git.ts'
import type { EnvFile } from '../../../hygiene/facts.ts'

/** What git's ignore rules say of a file, whether it is tracked or not. */
export type IgnoreFact = Pick<EnvFile, 'ignored' | 'negation'>

/** Asks git once for all files; outside a repository nothing is ignored. */
export async function readIgnoreFacts(
  root: string,
  paths: readonly string[],
): Promise<Map<string, IgnoreFact>> {
  const facts = new Map<string, IgnoreFact>(paths.map(path => [path, { ignored: 'no' }]))
  if (paths.length === 0) return facts
  const { stdout } = await runGit(
    root,
    ['check-ignore', '--verbose', '--non-matching', '--no-index', '-z', '--stdin'],
    {},
    Buffer.from(`${paths.join('\0')}\0`),
  )
  const fields = stdout.toString('utf8').split('\0')
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [source = '', line = '', pattern = '', path = ''] = fields.slice(at, at + 4)
    facts.set(path, toFact(source, Number(line), pattern))
  }
  return facts
}

function toFact(source: string, line: number, pattern: string): IgnoreFact {
  if (pattern === '') return { ignored: 'no' }
  if (pattern.startsWith('!')) return { ignored: 'no', negation: { path: source, line, pattern } }
  const isPrivate = isAbsolute(source) || /(?:^|\/)\.git\/|info\/exclude$/.test(source)
  return { ignored: isPrivate ? 'private' : 'repository' }
}
