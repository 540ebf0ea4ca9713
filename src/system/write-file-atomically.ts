import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a whole file or nothing: readers, and whoever comes after a crash, see the old content or the new one. What a
 * process that was killed left of its draft, which may be a secret, goes with the next write.
 */
export function writeFileAtomically(path: string, content: string | Uint8Array, mode = 0o666): void {
  removeAbandonedDrafts(path)
  const draft = `${path}.${process.pid}.tmp`
  try {
    const file = openSync(draft, 'wx', mode)
    try {
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** What killed processes left of their drafts of a file. */
export function removeAbandonedDrafts(path: string): void {
  const start = `${basename(path)}.`
  for (const name of listNames(dirname(path))) {
    const [, pid] = (name.startsWith(start) && /^(\d+)\.tmp$/.exec(name.slice(start.length))) || []
    if (pid !== undefined && !isAtWork(Number(pid))) rmSync(join(dirname(path), name), { force: true })
  }
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    // To write there may be allowed all the same; if not, that says so.
    return []
  }
}

/** Whether it is another process that may be writing; our own writes nothing else meanwhile. */
function isAtWork(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
