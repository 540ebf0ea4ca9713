import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { writeFileAtomically } from './write-file-atomically.ts'

/** Bytes of all entries together. */
const MOST_BYTES = 256 * 1024 * 1024
/** Milliseconds that an entry is kept without being used. */
const LONGEST_UNUSED = 30 * 24 * 3600 * 1000

/**
 * Entries below the user's cache directory (https://specifications.freedesktop.org/basedir-spec/), for this user's eyes only.
 * A cache is never trouble: where it cannot be read or written, there is none. Anybody may delete it at any time.
 */
export class CacheDirectory {
  readonly #path: string
  readonly #now: () => Date

  constructor(name: string, env: NodeJS.ProcessEnv, now: () => Date) {
    const base = env.XDG_CACHE_HOME
    this.#path = join(base && isAbsolute(base) ? base : join(env.HOME || homedir(), '.cache'), 'stanch', name)
    this.#now = now
  }

  read(key: string): Buffer | undefined {
    const path = join(this.#path, key)
    try {
      const content = readFileSync(path)
      utimesSync(path, this.#now(), this.#now())
      return content
    } catch {
      // Not there, or not for us.
      return undefined
    }
  }

  write(key: string, content: string | Uint8Array): void {
    try {
      mkdirSync(this.#path, { recursive: true, mode: 0o700 })
      writeFileAtomically(join(this.#path, key), content, 0o600)
    } catch {
      // A full or read-only disk: the next scan takes longer.
    }
  }

  /** Removes what nobody has used for a month, then the oldest until the rest is small enough. */
  prune(): void {
    let kept = 0
    for (const { path, size, used } of this.#list()) {
      kept += size
      if (kept > MOST_BYTES || this.#now().getTime() - used > LONGEST_UNUSED) rmSync(path, { force: true })
    }
  }

  /** The latest first. */
  #list(): { path: string; size: number; used: number }[] {
    let names: string[]
    try {
      names = readdirSync(this.#path)
    } catch {
      // There is none yet.
      return []
    }
    return names
      .flatMap(name => {
        const path = join(this.#path, name)
        const status = statSync(path, { throwIfNoEntry: false })
        return status?.isFile() ? [{ path, size: status.size, used: status.mtimeMs }] : []
      })
      .sort((a, b) => b.used - a.used)
  }
}
