import { Secret } from '../model.ts'
import type { SecretError } from './secret-error.ts'

/** A value out of a store. Prints masked, as every `Secret`; only `reveal()` gives the value. */
export class StoredSecret extends Secret {
  readonly name: string
  /** The store as its user calls it. */
  readonly store: string
  /** The store's own name of the version, where it has versions. */
  readonly version: string | undefined
  /** When this version was written, where the store tells. */
  readonly created: Date | undefined

  constructor(value: string, about: { name: string; store: string; version?: string; created?: Date }) {
    super(value)
    this.name = about.name
    this.store = about.store
    this.version = about.version
    this.created = about.created
  }
}

/** One value that is asked for. */
export interface Wanted {
  name: string
  /** A store's own version or label, `current` (the default), or `previous`. */
  version?: string | number | undefined
}

export interface ReadOptions {
  signal?: AbortSignal | undefined
}

/** What is known of an entry without its value. */
export interface EntryInfo {
  name: string
  version?: string
  updated?: Date
}

export interface Page {
  entries: readonly EntryInfo[]
  /** Where the next page starts. A page without entries may have a next one. */
  cursor?: string
}

export interface ValuePage {
  secrets: readonly StoredSecret[]
  cursor?: string
}

export interface PageOptions extends ReadOptions {
  /** Only names that start so. */
  prefix?: string | undefined
  cursor?: string | undefined
}

export interface VersionInfo {
  version: string
  created?: Date
  current: boolean
  labels: readonly string[]
}

export interface PutOptions {
  /** Only where there is no such entry, else `already-exists`. */
  ifAbsent?: boolean | undefined
  /** Only where this is the current version, else `conflict`. */
  ifVersion?: string | undefined
}

/** What a store takes, known before the first write. Sizes are bytes of UTF-8. */
export interface VaultLimits {
  /** Names in the store itself, as `address` gives them. */
  name: { pattern: RegExp; maxLength: number; caseSensitive: boolean; rule: string }
  maxBytes: number
  emptyAllowed: boolean
  /** Why a value cannot be stored for other reasons than its size. */
  refusesValue?: (value: string) => string | undefined
  /** Names that one request reads. */
  batch: number
  /** Writes a second that the store takes in the long run. */
  writesPerSecond?: number
  /** Whether `ifAbsent` and `ifVersion` are decided by the store itself, so that two writers cannot both win. */
  conditionalPut: { ifAbsent: boolean; ifVersion: boolean }
  /** Whether older versions can be read. */
  versions: boolean
  /** Whether values can be read at all. */
  readable: boolean
}

/**
 * A store of secrets. Names are keys; where a key lies in the store is `address`'s business.
 * What a store cannot do it has no function for. Every function fails with a `SecretError` only.
 */
export interface Vault {
  /** As its user calls it, for messages. */
  readonly store: string
  readonly stage: string | undefined
  limits(): VaultLimits
  /**
   * The name in the store itself.
   * @throws SecretError `invalid-name`
   */
  address(name: string): string
  /** @throws SecretError, `not-found` among others */
  get(name: string, options?: ReadOptions & { version?: string | number | undefined }): Promise<StoredSecret>
  /** In as few requests as the store allows. For each wanted value, in their order, the value or why there is none. */
  getMany(wanted: readonly Wanted[], options?: ReadOptions): Promise<readonly (StoredSecret | SecretError)[]>
  /** Metadata only. See `listEntries` for all pages at once. */
  page(options?: PageOptions): Promise<Page>
  /** A page with its values, where the store gives both in one request. See `allSecrets`. */
  valuePage?(options?: PageOptions): Promise<ValuePage>
  /** A new version of the entry. */
  put?(name: string, value: Secret, options?: PutOptions): Promise<EntryInfo>
  /** @throws SecretError `not-found` where there is no such entry */
  remove?(name: string): Promise<void>
  /** Brings back an entry that was removed and still holds its name (`pending-deletion`), with the value it had. */
  restore?(name: string): Promise<void>
  /** Newest first. */
  history?(name: string, options?: ReadOptions): Promise<readonly VersionInfo[]>
}

/** What a store reaches of the world outside. */
export interface VaultWorld {
  env: NodeJS.ProcessEnv
  /** What relative paths in settings count from. */
  directory: string
  now: () => Date
  /** Asks a person; absent where there is none. */
  askPassphrase?: (question: string) => Promise<Secret>
  /** Real time, unless a test has its own. */
  pace?: Pace
}

/** Time, for whoever has to wait. */
export interface Pace {
  nowMs(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** 0 to 1. */
  random(): number
}

/** Whose entries: the same key is another entry in another stage or namespace. */
export interface VaultScope {
  namespace: string | undefined
  stage: string
}
