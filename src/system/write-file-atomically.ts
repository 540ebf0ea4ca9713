import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'

/** Writes a whole file or nothing: readers, and whoever comes after a crash, see the old text or the new one. */
export function writeFileAtomically(path: string, text: string, mode = 0o666): void {
  const draft = `${path}.${process.pid}.tmp`
  try {
    const file = openSync(draft, 'wx', mode)
    try {
      writeSync(file, text)
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
