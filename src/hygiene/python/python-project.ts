import { parse } from 'smol-toml'

/** What a build of a Python package goes by. Nothing is run: what a setup.py computes is not known. */
export interface PythonProject {
  /** pyproject.toml; empty where there is none or it is broken. */
  settings: Settings
  setupCfg: string
  manifestIn: string
  /** Lines of the .gitignore beside it. */
  ignore: readonly string[]
  /** Folders of the package, which the build takes unless it is told otherwise: `app`, `src/app`. */
  packages: readonly string[]
}

export interface PackedFile {
  /** From the project's folder. */
  path: string
  isTracked: boolean
  /** By any of git's rules. */
  isIgnored: boolean
}

/** Takes one file, or none; where it goes is the answer. */
export type Backend = (file: PackedFile, project: PythonProject) => 'sdist' | 'wheel' | undefined

/** A table of a TOML file, whatever it holds. */
export class Settings {
  readonly #table: Readonly<Record<string, unknown>>

  constructor(table: unknown) {
    this.#table = typeof table === 'object' && table !== null ? { ...table } : {}
  }

  static parse(toml: string): Settings {
    try {
      return new Settings(parse(toml))
    } catch {
      return new Settings({})
    }
  }

  table(...keys: readonly string[]): Settings {
    const [key, ...rest] = keys
    return key === undefined ? this : new Settings(this.#table[key]).table(...rest)
  }

  get keys(): string[] {
    return Object.keys(this.#table)
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#table, key)
  }

  /** Of a text or a list of texts, the texts; undefined where there is no such key. */
  texts(key: string): string[] | undefined {
    if (!this.has(key)) return undefined
    return [this.#table[key]].flat().filter(value => typeof value === 'string')
  }

  text(key: string): string | undefined {
    return this.texts(key)?.[0]
  }

  isOn(key: string): boolean {
    return this.#table[key] === true
  }

  /** Of a list, its tables; a plain text stands for a table with that under `include` and `path`. */
  tables(key: string): Settings[] {
    return [this.#table[key]]
      .flat()
      .filter(value => value !== undefined)
      .map(value => new Settings(typeof value === 'string' ? { include: value, path: value } : value))
  }
}

/** `app/.env` is in `app`; everything is in the project's own folder. */
export function isWithin(path: string, folder: string): boolean {
  const plain = folder.replace(/^(?:\.?\/+)+|\/+$/g, '')
  return plain === '' || plain === '.' || path === plain || path.startsWith(`${plain}/`)
}
