import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { runGit } from '../../git/run-git.ts'
import { createDockerIgnore } from '../../hygiene/docker-ignore.ts'
import { isDockerfile } from '../../hygiene/dockerfile.ts'
import { followFile } from '../../hygiene/image-files.ts'
import type { DecidedEntry } from '../../migration/decide-values.ts'
import { findEditorCopies } from '../env/home/editors.ts'
import { readIfThere } from '../read-if-there.ts'
import { findReaders } from './find-readers.ts'
import type { SourceFile } from './read-source.ts'

/** Where the plaintext still lies, and what becomes of it. */
export interface CleanupItem {
  /** From the project's root; outside of it from the home directory. */
  path: string
  what: 'file' | 'tracked' | 'history' | 'stash' | 'backup' | 'image' | 'editor' | 'docker-context' | 'reader'
  action: 'remove' | 'untrack' | 'rotate' | 'tell'
  keys: string[]
}

export interface CleanupWishes {
  keepFile: boolean
  /** Backup copies go, too. */
  removeCopies: boolean
}

export async function findCleanup(
  { path }: SourceFile,
  decided: readonly DecidedEntry[],
  root: string,
  { keepFile, removeCopies }: CleanupWishes,
  env: NodeJS.ProcessEnv,
): Promise<CleanupItem[]> {
  const name = relative(root, path)
  const secrets = decided.filter(({ classification }) => classification.class === 'secret')
  const item = (what: CleanupItem['what'], action: CleanupItem['action'], at = name): CleanupItem => ({
    ...{ path: at, what, action },
    keys: secrets.map(({ key }) => key),
  })
  return [
    item('file', keepFile ? 'tell' : 'remove'),
    ...((await answers(root, 'ls-files', '--', name))
      ? [item('tracked', keepFile ? 'tell' : 'untrack')]
      : []),
    ...((await answers(root, 'log', '--all', '-1', '--format=%H', '--', name))
      ? [item('history', 'rotate')]
      : []),
    ...((await answers(root, 'stash', 'list', '--format=%H', '-1')) &&
    (await answers(root, 'log', '-g', 'refs/stash', '-1', '--format=%H', '-m', '--', name))
      ? [item('stash', 'rotate')]
      : []),
    ...findCopies(path).map(copy =>
      item(
        /\.sw[a-p]$|~$|^#/.test(basename(copy)) ? 'editor' : 'backup',
        removeCopies ? 'remove' : 'tell',
        relative(root, copy),
      ),
    ),
    ...findInHome(secrets, root, env).map(({ path, keys }) => ({
      ...item('editor', 'tell', path),
      ...(keys && { keys }),
    })),
    ...findInImages(root, name).map(({ path, what }) =>
      item(what, what === 'image' ? 'rotate' : 'tell', path),
    ),
    // Nothing changes for them while the file stays.
    ...(keepFile ? [] : findReaders(name, root)).map(reader => ({
      ...item('reader', 'tell', reader),
      keys: [],
    })),
  ]
}

async function answers(root: string, ...args: string[]): Promise<boolean> {
  const { code, stdout } = await runGit(root, args)
  return code === 0 && stdout.toString().trim() !== ''
}

/** `.env.bak`, `.env~`, `.env.swp`… beside the file. */
export function findCopies(path: string): string[] {
  const name = basename(path)
  const copies =
    /^(?:~|\.(?:bak|backup|bkp|old|orig|save|copy|tmp|rej|prev|sw[a-p]|un~|\d+)(?:\.\w+|\d+)?|[-_.](?:bak|backup|old|copy)\w*| copy(?: \d+)?| \(\d+\))$/
  return readdirSync(dirname(path), { withFileTypes: true })
    .filter(
      entry =>
        entry.isFile() &&
        ((entry.name.startsWith(name) && copies.test(entry.name.slice(name.length))) ||
          [`.${name}.swp`, `.${name}.swo`, `.${name}.un~`, `#${name}#`].includes(entry.name)),
    )
    .map(entry => join(dirname(path), entry.name))
    .sort()
}

/** What editors keep outside of the project: saved versions, undo files, the trash. */
function findInHome(
  secrets: readonly DecidedEntry[],
  root: string,
  env: NodeJS.ProcessEnv,
): { path: string; keys?: string[] }[] {
  const home = env.HOME || homedir()
  const findValues = (text: string) =>
    secrets
      .filter(({ value }) => value.reveal().length >= LONG_ENOUGH && text.includes(value.reveal()))
      .map(({ key }) => ({ key, line: 1 }))
  return findEditorCopies(home, root, false, findValues).map(({ path, key }) => ({
    path: path.startsWith(home) ? `~${path.slice(home.length)}` : path,
    ...(key !== undefined && { keys: [key] }),
  }))
}

/** Shorter values stand in a file by chance. */
const LONG_ENOUGH = 12

/** Which Dockerfiles copy the file into an image, and whether a build sees it at all. */
function findInImages(root: string, name: string): { path: string; what: 'image' | 'docker-context' }[] {
  const dockerfiles = readdirSync(root).filter(isDockerfile).sort()
  if (dockerfiles.length === 0) return []
  const isIgnored = createDockerIgnore(readIfThere(join(root, '.dockerignore')) ?? '')
  if (isIgnored(name)) return []
  const copying = dockerfiles.filter(path => followFile(read(join(root, path)), name) !== undefined)
  return [{ path: name, what: 'docker-context' }, ...copying.map(path => ({ path, what: 'image' as const }))]
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
