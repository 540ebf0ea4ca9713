/** git's index, read as data: https://git-scm.com/docs/index-format */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { UserError } from '../errors.ts'
import { type HashName, hashBytes, type ObjectId } from './object-id.ts'

export interface IndexEntry {
  /** Path from the root of the work tree, as bytes. */
  path: Buffer
  /** As in a tree: 0o100644, 0o100755, 0o120000 a link, 0o160000 a submodule, 0o040000 a folder of a sparse index. */
  mode: number
  id: ObjectId
  /** 0, or 1 to 3 in a merge conflict: base, ours, theirs. */
  stage: number
  /** Added with `git add --intent-to-add`: nothing is staged yet. */
  intentToAdd: boolean
}

/**
 * Entries in order of path. An index that is not there has none; undefined for one that needs its shared half
 * (`core.splitIndex`), which only git puts together.
 * @throws UserError for a damaged index
 */
export function readIndex(path: string, hash: HashName): IndexEntry[] | undefined {
  const bytes = readIfThere(path)
  if (!bytes) return []
  const hashSize = hashBytes[hash]
  checkWhole(bytes, hash, path)
  const version = bytes.readUInt32BE(4)
  if (version < 2 || version > 4) throw damaged(path, `has version ${version}, which is not known`)
  const { entries, end } = readEntries(bytes, version, hashSize, path)
  return listExtensions(bytes, end, hashSize).includes('link') ? undefined : entries
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw damaged(path, 'cannot be read', error)
  }
}

function checkWhole(bytes: Buffer, hash: HashName, path: string): void {
  const end = bytes.length - hashBytes[hash]
  if (end < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') throw damaged(path, 'is not an index')
  const expected = bytes.subarray(end)
  // `index.skipHash` leaves zeros.
  if (expected.every(byte => byte === 0)) return
  if (!createHash(hash).update(bytes.subarray(0, end)).digest().equals(expected))
    throw damaged(path, 'does not match its checksum')
}

/** Ten numbers of `stat`, of which only the mode matters here. */
const STAT = 40
const MODE_AT = 24
const EXTENDED = 0x4000
const INTENT_TO_ADD = 0x2000

function readEntries(bytes: Buffer, version: number, hashSize: number, path: string) {
  const count = bytes.readUInt32BE(8)
  const limit = bytes.length - hashSize
  const entries: IndexEntry[] = []
  let at = 12
  let previous: Buffer = Buffer.alloc(0)
  for (let i = 0; i < count; i++) {
    const start = at
    const flagsAt = start + STAT + hashSize
    if (flagsAt + 4 > limit) throw damaged(path, 'is cut off')
    const flags = bytes.readUInt16BE(flagsAt)
    const extended = flags & EXTENDED ? bytes.readUInt16BE(flagsAt + 2) : 0
    at = flagsAt + (flags & EXTENDED ? 4 : 2)
    const shared = version === 4 ? readShared() : Buffer.alloc(0)
    const nameEnd = bytes.indexOf(0, at)
    if (nameEnd < 0 || nameEnd >= limit) throw damaged(path, 'is cut off')
    previous = Buffer.concat([shared, bytes.subarray(at, nameEnd)])
    // Versions 2 and 3 fill up with one to eight NULs to a multiple of eight.
    at = version === 4 ? nameEnd + 1 : start + ((nameEnd - start + 8) & ~7)
    entries.push({
      path: previous,
      mode: bytes.readUInt32BE(start + MODE_AT),
      id: bytes.toString('hex', start + STAT, flagsAt),
      stage: (flags >> 12) & 3,
      intentToAdd: (extended & INTENT_TO_ADD) !== 0,
    })
  }
  return { entries, end: at }

  /** Version 4: how many bytes of the path before to drop; the rest of that path is shared. */
  function readShared(): Buffer {
    let byte = bytes[at++]!
    let drop = byte & 127
    while (byte & 128) {
      byte = bytes[at++] ?? 0
      drop = (drop + 1) * 128 + (byte & 127)
    }
    if (drop > previous.length) throw damaged(path, 'is damaged')
    return previous.subarray(0, previous.length - drop)
  }
}

function listExtensions(bytes: Buffer, from: number, hashSize: number): string[] {
  const names: string[] = []
  for (let at = from; at + 8 <= bytes.length - hashSize; at += 8 + bytes.readUInt32BE(at + 4)) {
    names.push(bytes.toString('latin1', at, at + 4))
  }
  return names
}

function damaged(path: string, what: string, cause?: unknown): UserError {
  return new UserError(`the index "${path}" ${what}`, 'Remove it and run "git reset" to rebuild it.', {
    cause,
  })
}
