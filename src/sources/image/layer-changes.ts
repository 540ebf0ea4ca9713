import { hashText, holdsHash } from './hashed-texts.ts'

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
    this.#files.push(hashText(path))
  }

  directory(path: string): void {
    this.#directories.push(hashText(path))
  }

  whiteout({ directory, name }: Whiteout): void {
    if (name === undefined) this.#opaque.push(hashText(directory))
    else this.#whiteouts.push(hashText(directory === '' ? name : `${directory}/${name}`))
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
  const whole = hashText(path)
  if ([files, directories, whiteouts].some(hashes => holdsHash(hashes, whole))) return true
  for (let slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
    const parent = hashText(path.slice(0, slash))
    if ([files, whiteouts, opaque].some(hashes => holdsHash(hashes, parent))) return true
    if (slash === 0) break
  }
  return holdsHash(opaque, hashText(''))
}
