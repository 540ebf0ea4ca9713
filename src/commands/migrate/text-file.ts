import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { removeAbandonedDrafts, writeFileAtomically } from '../../system/write-file-atomically.ts'

/** A file that a migration writes, with what was there before. */
export interface FileChange {
  /** From the project's root, so that the project can be moved. */
  path: string
  /** Null where there was none. */
  before: string | null
  after: string
}

export function planTextFile(root: string, path: string, after: string): FileChange {
  const absolute = join(root, path)
  return {
    path: relative(root, absolute),
    before: existsSync(absolute) ? readFileSync(absolute, 'utf8') : null,
    after,
  }
}

/** Can be done twice. */
export function writeChange(root: string, { path, after }: FileChange): void {
  const absolute = join(root, path)
  mkdirSync(dirname(absolute), { recursive: true })
  replace(absolute, after)
}

/** Takes a change back, with a directory that it leaves empty; false where somebody has changed the file since. */
export function undoChange(root: string, { path, before, after }: FileChange): boolean {
  const absolute = join(root, path)
  removeAbandonedDrafts(absolute)
  const now = existsSync(absolute) ? readFileSync(absolute, 'utf8') : null
  if (now === after && before === null) rmSync(absolute)
  else if (now === after && before !== null) replace(absolute, before)
  else if (now !== before) return false
  if (before === null) removeEmpty(dirname(absolute), root)
  return true
}

function replace(path: string, text: string): void {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode
  writeFileAtomically(path, text, mode === undefined ? 0o666 : mode & 0o777)
}

/** Also after a crash between the file and its directory. */
function removeEmpty(directory: string, root: string): void {
  if (directory !== root && existsSync(directory) && readdirSync(directory).length === 0) rmdirSync(directory)
}
