import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Puts text behind the first `size` bytes of a file, and answers when it is on the disk. What stood behind them was never
 * acknowledged: the rest of a write that was cut off.
 */
export function appendSynced(path: string, size: number, text: string): void {
  const isNew = !existsSync(path)
  const file = openSync(path, 'a', 0o660)
  try {
    if (fstatSync(file).size > size) ftruncateSync(file, size)
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  if (isNew) syncDirectory(dirname(path))
}

/** Makes the names in a directory last, too. */
export function syncDirectory(path: string): void {
  // Windows has no such thing: a directory cannot be opened.
  if (process.platform === 'win32') return
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}
