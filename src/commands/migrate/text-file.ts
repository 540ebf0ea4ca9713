import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'

/** A file that a migration writes, with what was there before. */
export interface FileChange {
  path: string
  /** Null where there was none. */
  before: string | null
  after: string
}

export function planTextFile(path: string, after: string): FileChange {
  return { path, before: existsSync(path) ? readFileSync(path, 'utf8') : null, after }
}

/** Can be done twice. */
export function writeChange({ path, after }: FileChange, mode = 0o666): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileAtomically(path, after, mode)
  if (mode !== 0o666) chmodSync(path, mode)
}

/** Takes a change back; false where somebody has changed the file since. */
export function undoChange({ path, before, after }: FileChange): boolean {
  const now = existsSync(path) ? readFileSync(path, 'utf8') : null
  if (now === before) return true
  if (now !== after) return false
  if (before === null) rmSync(path)
  else writeFileAtomically(path, before)
  return true
}
