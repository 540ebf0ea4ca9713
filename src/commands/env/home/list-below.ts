import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Files below a folder, to a depth, up to a number; none where there is no such folder. Links are not followed. */
export function listBelow(folder: string, depth: number, most = 5000): string[] {
  const found: string[] = []
  const visit = (at: string, left: number) => {
    for (const entry of readFolder(at)) {
      if (found.length >= most) return
      const path = join(at, entry.name)
      if (entry.isFile()) found.push(path)
      else if (entry.isDirectory() && left > 0) visit(path, left - 1)
    }
  }
  visit(folder, depth)
  return found
}

/** A text that is not too large; undefined for what cannot be read. Bytes are kept as Latin-1, values are compared as they are. */
export function readSmall(path: string, most = 16 * 1024 * 1024): string | undefined {
  try {
    const status = statSync(path)
    return status.isFile() && status.size <= most ? readFileSync(path, 'utf8') : undefined
  } catch {
    return undefined
  }
}

function readFolder(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return []
  }
}
