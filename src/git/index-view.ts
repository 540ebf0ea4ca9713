/** git's index (https://git-scm.com/docs/index-format) without making an object an entry: a hook asks for few of many thousands. */
import { type HashName, hashBytes } from './object-id.ts'

/** Ten numbers of `stat`, of which only the mode matters here. */
const STAT = 40
const MODE_AT = 24
const EXTENDED = 0x4000
const INTENT_TO_ADD = 0x2000
const LONGEST_NAME = 0xfff

export interface IndexView {
  count: number
  /** Path from the root of the work tree, in Latin-1: a character a byte. */
  pathOf: (entry: number) => string
  idOf: (entry: number) => string
  modeOf: (entry: number) => number
  /** 0, or 1 to 3 in a merge conflict. */
  stageOf: (entry: number) => number
  isIntentToAdd: (entry: number) => boolean
  /** By their four letters. */
  extensions: ReadonlyMap<string, Buffer>
}

/** Undefined for an index that is damaged or of a version that is not known. */
export function viewIndex(bytes: Buffer, hash: HashName): IndexView | undefined {
  const hashSize = hashBytes[hash]
  const limit = bytes.length - hashSize
  if (limit < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined
  const version = bytes.readUInt32BE(4)
  if (version !== 2 && version !== 3) return version === 4 ? viewVersion4(bytes, hashSize) : undefined
  const count = bytes.readUInt32BE(8)
  const starts = new Uint32Array(count)
  let at = 12
  for (let i = 0; i < count; i++) {
    starts[i] = at
    const flagsAt = at + STAT + hashSize
    if (flagsAt + 4 > limit) return undefined
    const flags = (bytes[flagsAt]! << 8) | bytes[flagsAt + 1]!
    const nameAt = flagsAt + (flags & EXTENDED ? 4 : 2)
    const length = flags & LONGEST_NAME
    const nameEnd = length < LONGEST_NAME ? nameAt + length : bytes.indexOf(0, nameAt)
    if (nameEnd < 0 || nameEnd >= limit) return undefined
    // Filled up with one to eight NULs to a multiple of eight.
    at += (nameEnd - at + 8) & ~7
  }
  const extensions = readExtensions(bytes, at, limit)
  if (!extensions) return undefined
  return { ...createView(bytes, hashSize, starts), extensions }
}

function createView(bytes: Buffer, hashSize: number, starts: Uint32Array, paths?: readonly string[]) {
  const startOf = (entry: number) => starts[entry] ?? 0
  const flagsAt = (entry: number) => startOf(entry) + STAT + hashSize
  const flagsOf = (entry: number) => bytes.readUInt16BE(flagsAt(entry))
  return {
    count: starts.length,
    pathOf: (entry: number) => paths?.[entry] ?? readPath(entry),
    idOf: (entry: number) => bytes.toString('hex', startOf(entry) + STAT, flagsAt(entry)),
    modeOf: (entry: number) => bytes.readUInt32BE(startOf(entry) + MODE_AT),
    stageOf: (entry: number) => (flagsOf(entry) >> 12) & 3,
    isIntentToAdd: (entry: number) =>
      (flagsOf(entry) & EXTENDED) !== 0 && (bytes.readUInt16BE(flagsAt(entry) + 2) & INTENT_TO_ADD) !== 0,
  }

  function readPath(entry: number): string {
    const nameAt = flagsAt(entry) + (flagsOf(entry) & EXTENDED ? 4 : 2)
    return bytes.toString('latin1', nameAt, bytes.indexOf(0, nameAt))
  }
}

/** Each path says how many bytes to drop from the end of the one before, and what to append. */
function viewVersion4(bytes: Buffer, hashSize: number): IndexView | undefined {
  const limit = bytes.length - hashSize
  const count = bytes.readUInt32BE(8)
  const starts = new Uint32Array(count)
  const paths: string[] = []
  let at = 12
  let path = ''
  for (let i = 0; i < count; i++) {
    starts[i] = at
    const flagsAt = at + STAT + hashSize
    if (flagsAt + 4 > limit) return undefined
    at = flagsAt + (bytes.readUInt16BE(flagsAt) & EXTENDED ? 4 : 2)
    let byte = bytes[at++]!
    let drop = byte & 127
    while (byte & 128) {
      byte = bytes[at++] ?? 0
      drop = (drop + 1) * 128 + (byte & 127)
    }
    const end = bytes.indexOf(0, at)
    if (end < 0 || end >= limit || drop > path.length) return undefined
    path = path.slice(0, path.length - drop) + bytes.toString('latin1', at, end)
    paths.push(path)
    at = end + 1
  }
  const extensions = readExtensions(bytes, at, limit)
  return extensions && { ...createView(bytes, hashSize, starts, paths), extensions }
}

function readExtensions(bytes: Buffer, from: number, limit: number): Map<string, Buffer> | undefined {
  const found = new Map<string, Buffer>()
  let at = from
  while (at + 8 <= limit) {
    const end = at + 8 + bytes.readUInt32BE(at + 4)
    if (end > limit) return undefined
    found.set(bytes.toString('latin1', at, at + 4), bytes.subarray(at + 8, end))
    at = end
  }
  return found
}
