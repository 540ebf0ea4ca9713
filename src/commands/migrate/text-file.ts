import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'

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
export function writeChange(root: string, { path, after }: FileChange, mode = 0o666): void {
  const absolute = join(root, path)
  mkdirSync(dirname(absolute), { recursive: true })
  writeFileAtomically(absolute, after, mode)
  if (mode !== 0o666) chmodSync(absolute, mode)
}

/** Takes a change back, with a directory that it leaves empty; false where somebody has changed the file since. */
export function undoChange(root: string, { path, before, after }: FileChange): boolean {
  const absolute = join(root, path)
  const now = existsSync(absolute) ? readFileSync(absolute, 'utf8') : null
  if (now === before) return true
  if (now !== after) return false
  if (before !== null) writeFileAtomically(absolute, before)
  else {
    rmSync(absolute)
    const directory = dirname(absolute)
    if (directory !== root && readdirSync(directory).length === 0) rmdirSync(directory)
  }
  return true
}
