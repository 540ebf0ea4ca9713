import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync } from 'node:fs'
import { detectFormat, headLength, isZipName } from '../archive/format.ts'
import type { ArchiveLimits } from '../archive/limits.ts'
import { fileAccess } from '../archive/random-access.ts'
import type { CoverageTally } from '../coverage.ts'
import { detectEncoding } from '../encoding/detect-encoding.ts'
import type { Content, Origin } from '../model.ts'
import { type FileName, joinFileName, toFsPath } from '../system/file-name.ts'
import { PartPosition, partSizes } from './part-position.ts'
import type { FileUnit } from './worktree.ts'

export interface ReadOptions {
  /** Directory that relative paths count from. */
  cwd: string
  /** Memory to read into, at least as large as asked; it stays valid until the next call. */
  buffer: (size: number) => Uint8Array
  maxFileSize: number
  archives: ArchiveLimits
}

type Visit = (content: Content) => void

/**
 * Reads one file and hands its content on, in parts where it is large; of an archive what is in it, which takes until
 * the promise settles. A symbolic link is read as the text it holds, as git stores it; nothing outside the tree is
 * followed. Devices, pipes and sockets are not read.
 */
export function readFile(
  unit: FileUnit,
  options: ReadOptions,
  coverage: CoverageTally,
  visit: Visit,
): void | Promise<void> {
  const fsPath = toFsPath(unit.path.startsWith('/') ? unit : joinFileName(options.cwd, unit))
  let file: number
  try {
    file = openSync(
      fsPath,
      constants.O_RDONLY | constants.O_NONBLOCK | (unit.follow ? 0 : constants.O_NOFOLLOW),
    )
  } catch (error) {
    readUnopened(unit, fsPath, coverage, visit, errorCode(error))
    return
  }
  let pending: Promise<void> | undefined
  try {
    pending = readOpened(file, unit, options, coverage, visit)?.catch(noteError)
  } catch (error) {
    noteError(error)
  } finally {
    if (!pending) closeSync(file)
  }
  return pending?.finally(() => closeSync(file))

  function noteError(error: unknown): void {
    const code = errorCode(error)
    if (code === 'ESPIPE' || code === 'EISDIR') coverage.skip('special-file', unit.path)
    else coverage.skip('unreadable', `${unit.path} (${code})`)
  }
}

function readOpened(
  file: number,
  unit: FileUnit,
  options: ReadOptions,
  coverage: CoverageTally,
  visit: Visit,
): Promise<void> | undefined {
  // Most files are small, and no device: their folder, or git, has said so.
  const head = unit.follow ? undefined : readAt(file, 0, HEAD, options.buffer)
  if (head && head.length > 0 && head.length < HEAD && head.length <= options.maxFileSize)
    return takeRegular(file, head.length, head, unit, options, coverage, visit)
  const status = fstatSync(file)
  if (!status.isFile()) coverage.skip('special-file', unit.path)
  else if (status.size > options.maxFileSize) coverage.skip('too-large', unit.path, status.size)
  else {
    const bytes = readAt(file, 0, isSmall(status.size) ? status.size : headLength, options.buffer)
    return takeRegular(file, status.size, bytes, unit, options, coverage, visit)
  }
  return undefined
}

/** So much is read before anybody asks how large a file is. */
const HEAD = 64 * 1024

/** Whether a file is read at once. */
function isSmall(size: number): boolean {
  return size <= partSizes.part + partSizes.after
}

/** The beginning of a file, which of a small one is all of it, tells whether it is an archive. */
function takeRegular(
  file: number,
  size: number,
  bytes: Uint8Array,
  unit: FileUnit,
  options: ReadOptions,
  coverage: CoverageTally,
  visit: Visit,
): Promise<void> | undefined {
  if (options.archives.depth > 0 && (detectFormat(bytes) || isZipName(unit.path)))
    return readPacked(file, unit, options.archives, coverage, visit)
  if (isSmall(size)) visit({ bytes, origin: originFor(unit), path: unit.path })
  else readParts(file, size, unit, options, visit)
  coverage.read(isSmall(size) ? bytes.length : size)
  return undefined
}

async function readPacked(
  file: number,
  unit: FileUnit,
  limits: ArchiveLimits,
  coverage: CoverageTally,
  visit: Visit,
): Promise<void> {
  // Archives are rare, and the libraries for them take time to load.
  const { readArchive } = await import('./read-archive.ts')
  const originOf = (name: FileName) => originFor({ ...unit, ...name })
  await readArchive(unit, fileAccess(file), originOf, limits, coverage, visit)
}

function readUnopened(
  unit: FileUnit,
  fsPath: string | Buffer,
  coverage: CoverageTally,
  visit: Visit,
  code: string,
): void {
  // Listed by git's index, deleted in the working tree: there is nothing to read.
  if (code === 'ENOENT') return
  if (code !== 'ELOOP' && code !== 'EMLINK') {
    coverage.skip(code === 'ENXIO' ? 'special-file' : 'unreadable', `${unit.path} (${code})`)
    return
  }
  const bytes = readlinkSync(fsPath, { encoding: 'buffer' })
  coverage.read(bytes.length)
  visit({ bytes, origin: originFor(unit), path: unit.path })
}

function originFor({ path, pathBytes, tracked }: FileUnit): Origin {
  return { kind: 'file', path, ...(pathBytes === undefined ? {} : { pathBytes }), tracked }
}

function readParts(file: number, size: number, unit: FileUnit, options: ReadOptions, visit: Visit): void {
  const origin = originFor(unit)
  const { before, part, after } = partSizes
  const position = new PartPosition(detectEncoding(readAt(file, 0, before, options.buffer)), partSizes)
  while (position.start < size) {
    const end = Math.min(size, position.start + part + after)
    const bytes = readAt(file, position.from, end - position.from, options.buffer)
    visit({ bytes, origin, path: unit.path, ...position.describe() })
    position.advance(bytes)
  }
}

function readAt(file: number, position: number, length: number, buffer: ReadOptions['buffer']): Uint8Array {
  const target = buffer(length)
  let filled = 0
  while (filled < length) {
    const count = readSync(file, target, filled, length - filled, position + filled)
    if (count === 0) break
    filled += count
  }
  return target.subarray(0, filled)
}

function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code)
  throw error
}
