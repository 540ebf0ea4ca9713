import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, inflateSync } from 'node:zlib'
import { CorruptObjectError, type GitObject, MAX_OBJECT, type ObjectType } from './git-object.ts'
import { type HashName, hashBytes, type ObjectId } from './object-id.ts'

/** Bytes that a header has at most. */
const MAX_HEADER = 32

/** Names of the objects that lie in files of their own, in ascending order. */
export function listLooseObjects(objectDir: string, hash: HashName): ObjectId[] {
  const rest = new RegExp(`^[0-9a-f]{${2 * hashBytes[hash] - 2}}$`)
  return listNames(objectDir)
    .filter(name => /^[0-9a-f]{2}$/.test(name))
    .sort()
    .flatMap(folder => {
      const names = listNames(join(objectDir, folder)).filter(name => rest.test(name))
      return names.sort().map(name => folder + name)
    })
}

export interface LooseHeader {
  type: ObjectType
  size: number
  /** Bytes of the header, its NUL included. */
  length: number
}

/**
 * The object, or undefined where there is no such file.
 * @param limit most bytes of an object; a larger one is given without its bytes
 * @throws CorruptObjectError
 */
export function readLooseObject(
  objectDir: string,
  id: ObjectId,
  limit: number,
): GitObject | { type: ObjectType; size: number } | undefined {
  const path = join(objectDir, id.slice(0, 2), id.slice(2))
  const compressed = readIfThere(path)
  if (!compressed) return undefined
  const whole = inflateWithin(compressed, Math.min(limit, MAX_OBJECT) + MAX_HEADER)
  const header = parseHeader(whole ?? inflateStart(compressed))
  if (!header) throw new CorruptObjectError(`${path} is not an object`)
  const { type, size, length } = header
  if (size > limit) return { type, size }
  if (!whole) throw new CorruptObjectError(`${path} does not inflate`)
  if (whole.length !== size + length) throw new CorruptObjectError(`${path} has the wrong size`)
  return { type, bytes: whole.subarray(length) }
}

/** All of it; undefined when it is damaged, or more than `most` bytes. */
function inflateWithin(compressed: Buffer, most: number): Buffer | undefined {
  try {
    return inflateSync(compressed, { maxOutputLength: most })
  } catch {
    return undefined
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined
    throw new CorruptObjectError(`${path} cannot be read`, { cause: error })
  }
}

function inflateStart(compressed: Buffer): Buffer {
  try {
    return inflateSync(compressed.subarray(0, 256), { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return Buffer.alloc(0)
  }
}

/** `blob 123` and a NUL. */
function parseHeader(start: Buffer): LooseHeader | undefined {
  const length = start.subarray(0, MAX_HEADER).indexOf(0) + 1
  const parts = /^(commit|tree|blob|tag) (\d{1,15})$/.exec(
    start.toString('latin1', 0, Math.max(0, length - 1)),
  )
  if (!parts) return undefined
  return { type: parts[1] as ObjectType, size: Number(parts[2]), length }
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    // A garbage collection removes folders that have become empty.
    return []
  }
}
