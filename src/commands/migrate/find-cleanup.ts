import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { runGit } from '../../git/run-git.ts'
import type { DecidedEntry } from '../../migration/decide-values.ts'
import { readIfThere } from '../read-if-there.ts'
import type { SourceFile } from './read-source.ts'

/** Where the plaintext still lies, and what becomes of it. */
export interface CleanupItem {
  /** From the project's root. */
  path: string
  what: 'file' | 'tracked' | 'history' | 'stash' | 'backup' | 'image' | 'editor' | 'docker-context'
  action: 'remove' | 'untrack' | 'rotate' | 'tell'
  keys: string[]
}

export async function findCleanup(
  { file }: SourceFile,
  decided: readonly DecidedEntry[],
  root: string,
  keepFile: boolean,
): Promise<CleanupItem[]> {
  const path = resolve(file)
  const name = relative(root, path)
  const keys = decided.filter(({ classification }) => classification.class === 'secret').map(({ key }) => key)
  const item = (what: CleanupItem['what'], action: CleanupItem['action'], at = name): CleanupItem[] => [
    { path: at, what, action, keys },
  ]
  return [
    ...item('file', keepFile ? 'tell' : 'remove'),
    ...((await answers(root, 'ls-files', '--', name)) ? item('tracked', keepFile ? 'tell' : 'untrack') : []),
    ...((await answers(root, 'log', '--all', '-1', '--format=%H', '--', name))
      ? item('history', 'rotate')
      : []),
    ...((await answers(root, 'stash', 'list', '--format=%H', '-1')) &&
    (await answers(root, 'log', '-g', 'refs/stash', '-1', '--format=%H', '-m', '--', name))
      ? item('stash', 'rotate')
      : []),
    ...findCopies(path).flatMap(copy =>
      item(/\.sw[op]$|~$/.test(copy) ? 'editor' : 'backup', 'tell', relative(root, copy)),
    ),
    ...(isInDockerContext(root, basename(path)) ? item('docker-context', 'tell') : []),
  ]
}

async function answers(root: string, ...args: string[]): Promise<boolean> {
  const { code, stdout } = await runGit(root, args)
  return code === 0 && stdout.toString().trim() !== ''
}

/** `.env.bak`, `.env~`, `.env.swp`… beside the file. */
function findCopies(path: string): string[] {
  const name = basename(path)
  const copies =
    /^(?:~|\.(?:bak|backup|old|orig|save|copy|tmp|\d+)(?:\.\w+)?|[-_.](?:bak|backup|old|copy)\w*)$/
  return readdirSync(dirname(path))
    .filter(
      other =>
        (other.startsWith(name) && copies.test(other.slice(name.length))) ||
        other === `.${name}.swp` ||
        other === `${name}.swp`,
    )
    .sort()
    .map(other => join(dirname(path), other))
}

function isInDockerContext(root: string, name: string): boolean {
  if (!existsSync(join(root, 'Dockerfile'))) return false
  const ignored = (readIfThere(join(root, '.dockerignore')) ?? '').split('\n').map(line => line.trim())
  return !ignored.some(line =>
    [name, `/${name}`, `**/${name}`, '.env*', '**/.env*', '*', '**'].includes(line),
  )
}
