import { CorruptObjectError } from './git-object.ts'

export interface TreeEntry {
  mode: number
  /** One part of a path, as bytes in Latin-1: a key that is right for any bytes. */
  name: string
  id: string
}

/**
 * Entries of a tree object: `mode name NUL id`, over and over.
 * @throws CorruptObjectError
 */
export function readTree(bytes: Buffer, hashSize: number): TreeEntry[] {
  const entries: TreeEntry[] = []
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(32, at)
    const end = bytes.indexOf(0, blank)
    if (blank < 0 || end < 0 || end + 1 + hashSize > bytes.length)
      throw new CorruptObjectError('a tree is cut off')
    entries.push({
      mode: Number.parseInt(bytes.toString('latin1', at, blank), 8),
      name: bytes.toString('latin1', blank + 1, end),
      id: bytes.toString('hex', end + 1, end + 1 + hashSize),
    })
    at = end + 1 + hashSize
  }
  return entries
}
