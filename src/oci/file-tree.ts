import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { SeekingReader } from '../archive/containers/seeking-reader.ts'
import { readTarEntries } from '../archive/containers/tar.ts'
import { isArchiveProblem } from '../archive/problems.ts'
import { fileAccess } from '../archive/random-access.ts'
import { UserError } from '../errors.ts'
import type { BlobAddress } from './blob-address.ts'
import { InvalidManifest, MissingBlob } from './problems.ts'

/** The files of an image that was written to disk, whatever holds them. */
export interface FileTree {
  has(name: string): boolean
  /** All bytes of a small file. @throws MissingBlob, or InvalidManifest when there are more than allowed */
  read(name: string, most: number): Uint8Array
  /** @throws MissingBlob */
  addressOf(name: string): BlobAddress
}

/** Opens a regular file; a pipe would never end, and a directory has no bytes. */
export function openRegular(path: string): number {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    throw new MissingBlob(path, { cause: error })
  }
  if (fstatSync(file).isFile()) return file
  closeSync(file)
  throw new MissingBlob(`${path} is no file`)
}

export function directoryTree(root: string): FileTree {
  return {
    has: name => canOpen(join(root, name)),
    read: (name, most) => readPart(join(root, name), 0, undefined, most),
    addressOf(name) {
      const path = join(root, name)
      if (!canOpen(path)) throw new MissingBlob(name)
      return { kind: 'file', path, start: 0 }
    },
  }
}

function canOpen(path: string): boolean {
  try {
    closeSync(openRegular(path))
    return true
  } catch (error) {
    if (error instanceof MissingBlob) return false
    throw error
  }
}

function readPart(path: string, start: number, end: number | undefined, most: number): Uint8Array {
  const file = openRegular(path)
  try {
    const access = fileAccess(file)
    const length = (end ?? access.size) - start
    if (length > most) throw new InvalidManifest('too large')
    return access.read(start, length)
  } finally {
    closeSync(file)
  }
}

/** An image has some hundred files at most; what holds more is no image. */
const MOST_FILES = 20_000

/** A tar that is not packed: its files can be read where they stand. */
export async function tarTree(path: string): Promise<FileTree> {
  const files = await indexTar(path)
  const find = (name: string) => {
    const place = files.get(name)
    if (!place) throw new MissingBlob(name)
    return place
  }
  return {
    has: name => files.has(name),
    read: (name, most) => readPart(path, find(name).start, find(name).end, most),
    addressOf: name => ({ kind: 'file', path, ...find(name) }),
  }
}

async function indexTar(path: string): Promise<Map<string, { start: number; end: number }>> {
  const files = new Map<string, { start: number; end: number }>()
  const links = new Map<string, string>()
  const file = openRegular(path)
  try {
    const reader = new SeekingReader(fileAccess(file))
    for await (const { name, size, type, link } of readTarEntries(reader)) {
      const inner = plainName(name.path)
      if (type === 'file') files.set(inner, { start: reader.position, end: reader.position + size })
      else if (link) links.set(inner, linkTarget(inner, type, link.path))
      if (files.size > MOST_FILES)
        throw new UserError(`"${path}" is no image: it holds too many files`, 'Scan it with --archive.')
    }
  } catch (error) {
    // What comes before the end of a file that is cut off can be read all the same.
    if (!isArchiveProblem(error)) throw error
  } finally {
    closeSync(file)
  }
  for (const [name, target] of links) {
    const place = files.get(target)
    if (place) files.set(name, place)
  }
  return files
}

/** Without `./` and `/` in front. */
export function plainName(name: string): string {
  return name.replace(/^(?:\.?\/)+/, '')
}

/** Docker links a layer that an image has twice, from the link's own directory. */
export function linkTarget(name: string, type: string, target: string): string {
  return plainName(type === 'symlink' ? join(name, '..', target) : target)
}
