import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync } from 'node:fs'
import type { CoverageTally } from '../coverage.ts'
import { detectEncoding } from '../encoding/detect-encoding.ts'
import { transcode } from '../encoding/transcode.ts'
import type { Content, Origin } from '../model.ts'
import { joinFileName, toFsPath } from '../system/file-name.ts'
import type { FileUnit } from './worktree.ts'

export interface ReadOptions {
  /** Directory that relative paths count from. */
  cwd: string
  /** Memory to read into, at least as large as asked; it stays valid until the next call. */
  buffer: (size: number) => Uint8Array
  maxFileSize: number
}

/** A file above this size comes in parts, so that memory stays bounded. */
export const PART = 8 * 1024 * 1024
/** A part also shows this much of what comes before (names of keys) and after (the end of a secret). */
const BEFORE = 8 * 1024
const AFTER = 256 * 1024

/**
 * Reads one file and hands its content on, in parts where it is large. A symbolic link is read as the text it holds,
 * as git stores it; nothing outside the tree is followed. Devices, pipes and sockets are not read.
 */
export function readFile(
  unit: FileUnit,
  options: ReadOptions,
  coverage: CoverageTally,
  visit: (content: Content) => void,
): void {
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
  try {
    const status = fstatSync(file)
    if (!status.isFile()) coverage.skip('special-file', unit.path)
    else if (status.size > options.maxFileSize) coverage.skip('too-large', unit.path, status.size)
    else coverage.read(readParts(file, status.size, unit, options, visit))
  } catch (error) {
    coverage.skip('unreadable', `${unit.path} (${errorCode(error)})`)
  } finally {
    closeSync(file)
  }
}

function readUnopened(
  unit: FileUnit,
  fsPath: string | Buffer,
  coverage: CoverageTally,
  visit: (content: Content) => void,
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
  visit({ bytes, origin: originOf(unit), path: unit.path })
}

function originOf({ path, pathBytes, tracked }: FileUnit): Origin {
  return { kind: 'file', path, ...(pathBytes === undefined ? {} : { pathBytes }), tracked }
}

function readParts(
  file: number,
  size: number,
  unit: FileUnit,
  options: ReadOptions,
  visit: (content: Content) => void,
): number {
  const { path } = unit
  const origin = originOf(unit)
  if (size <= PART + AFTER) {
    const bytes = readAt(file, 0, size, options.buffer)
    visit({ bytes, origin, path })
    return bytes.length
  }
  const encoding = detectEncoding(readAt(file, 0, BEFORE, options.buffer))
  let line = 1
  let column = 1
  let from = 0
  for (let start = 0; start < size; start += PART) {
    const bytes = readAt(file, from, Math.min(size, start + PART + AFTER) - from, options.buffer)
    visit({
      bytes,
      origin,
      path,
      firstLine: line,
      firstColumn: column,
      reported: { from: start - from, to: start - from + PART },
      ...(encoding ? { encoding } : {}),
    })
    const cut = start + PART - BEFORE - from
    const passed = bytes.subarray(0, encoding ? cut : characterStart(bytes, cut))
    from += passed.length
    ;[line, column] = advance(encoding ? transcode(passed, encoding).bytes : passed, line, column)
  }
  return size
}

/** Where the character of UTF-8 begins that holds this byte. */
function characterStart(bytes: Uint8Array, at: number): number {
  let start = at
  while (start > at - 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--
  return start
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

/** Line and column after these bytes. */
function advance(passed: Uint8Array, line: number, column: number): [number, number] {
  const bytes = Buffer.from(passed.buffer, passed.byteOffset, passed.length)
  let lineStart = 0
  for (let newline = bytes.indexOf(10); newline >= 0; newline = bytes.indexOf(10, lineStart)) {
    line++
    lineStart = newline + 1
    column = 1
  }
  return [line, column + bytes.toString('utf8', lineStart).length]
}

function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code)
  throw error
}
