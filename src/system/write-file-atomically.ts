import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Writes a whole file or nothing: readers, and whoever comes after a crash, see the old content or the new one. */
export function writeFileAtomically(path: string, content: string | Uint8Array, mode = 0o666): void {
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
