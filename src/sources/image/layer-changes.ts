/**
 * What a layer does to the layers below it: files that it puts in place of others, and whiteouts
 * (https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts). Names are kept as numbers only: a layer may
 * hold a million, and a cache must tell nobody what they were. They are sorted.
 */
export interface LayerChanges {
  /** Files, links and devices. */
  files: Float64Array
  directories: Float64Array
  whiteouts: Float64Array
  /** Directories whose former contents are gone. */
  opaque: Float64Array
}

export class ChangeRecorder {
  readonly #files: number[] = []
  readonly #directories: number[] = []
  readonly #whiteouts: number[] = []
  readonly #opaque: number[] = []

  file(path: string): void {
    this.#files.push(hashPath(path))
  }

  directory(path: string): void {
    this.#directories.push(hashPath(path))
  }

  whiteout({ directory, name }: Whiteout): void {
    if (name === undefined) this.#opaque.push(hashPath(directory))
    else this.#whiteouts.push(hashPath(directory === '' ? name : `${directory}/${name}`))
  }

  result(): LayerChanges {
    return {
      files: Float64Array.from(this.#files).sort(),
      directories: Float64Array.from(this.#directories).sort(),
      whiteouts: Float64Array.from(this.#whiteouts).sort(),
      opaque: Float64Array.from(this.#opaque).sort(),
    }
  }
}

/** `name` is gone, or all that was in the directory. */
export interface Whiteout {
  directory: string
  name?: string
}

const PREFIX = '.wh.'
const OPAQUE = '.wh..wh..opq'

/** What a file's name says when it is a whiteout. */
export function readWhiteout(path: string): Whiteout | undefined {
  const slash = path.lastIndexOf('/')
  const base = path.slice(slash + 1)
  if (!base.startsWith(PREFIX)) return undefined
  const directory = path.slice(0, Math.max(0, slash))
  return base === OPAQUE ? { directory } : { directory, name: base.slice(PREFIX.length) }
}

/** Whether a path of an earlier layer is there no more, or hidden behind something else. */
export function hides({ files, directories, whiteouts, opaque }: LayerChanges, path: string): boolean {
  const whole = hashPath(path)
  if ([files, directories, whiteouts].some(hashes => holds(hashes, whole))) return true
  for (let slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
    const parent = hashPath(path.slice(0, slash))
    if ([files, whiteouts, opaque].some(hashes => holds(hashes, parent))) return true
    if (slash === 0) break
  }
  return holds(opaque, hashPath(''))
}

/** Many matches may be looked up among many names. */
function holds(sorted: Float64Array, hash: number): boolean {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle] ?? 0) < hash) from = middle + 1
    else to = middle
  }
  return sorted[from] === hash
}

/** 52 bits, as much as a number holds with room to spare (FNV-1a, twice over). */
function hashPath(path: string): number {
  let low = 0x811c9dc5
  let high = 0x2b7e1516
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ (code + i), 0x85ebca6b)
    high ^= high >>> 15
  }
  return (high >>> 12) * 2 ** 32 + (low >>> 0)
}
