/** The words that every layer shares. Imports nothing of ours. */

const inspectCustom = Symbol.for('nodejs.util.inspect.custom')

/**
 * A secret's value that cannot be printed by accident: every implicit conversion gives the masked form.
 * Only `reveal()` gives the value.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value itself. Every caller of this is a place to review. */
  reveal(): string {
    return this.#value
  }

  /** A form that is safe to show: at most a third of the value, and nothing of a short one. */
  get masked(): string {
    return mask(this.#value)
  }

  /** Length in UTF-16 code units. */
  get length(): number {
    return this.#value.length
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value
  }

  toString(): string {
    return this.masked
  }

  toJSON(): string {
    return this.masked
  }

  [Symbol.toPrimitive](): string {
    return this.masked
  }

  [inspectCustom](): string {
    return `Secret(${this.masked})`
  }

  get [Symbol.toStringTag](): string {
    return 'Secret'
  }
}

/** A secret whose value was not kept since an earlier scan found it. */
export class WithheldSecret extends Secret {
  readonly #masked: string

  constructor(masked: string) {
    super('')
    this.#masked = masked
  }

  /** @throws ValueWithheld always */
  override reveal(): string {
    throw new ValueWithheld('the value of this secret was not kept')
  }

  override get masked(): string {
    return this.#masked
  }
}

/** Somebody needs a value that was not kept. */
export class ValueWithheld extends Error {
  override name = 'ValueWithheld'
}

/** `sk_l…(32)…9f2a` for a long value, `…(9)…` for one whose ends would give too much away. */
function mask(value: string): string {
  const characters = Array.from(value.replace(/\s+/g, ' '), c => (isPrintable(c) ? c : '·'))
  const shown = characters.length >= 24 ? 4 : characters.length >= 16 ? 2 : 0
  const head = characters.slice(0, shown).join('')
  const tail = shown ? characters.slice(-shown).join('') : ''
  return `${head}…(${characters.length})…${tail}`
}

function isPrintable(character: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S} ]/u.test(character)
}

export const severities = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

/** Lines and columns count from 1, columns in UTF-16 code units, end exclusive (as SARIF and editors do). */
export interface Span {
  line: number
  column: number
  endLine: number
  endColumn: number
}

/** A commit that took something away. */
export interface Removal {
  commit: string
  author: string
  date: string
}

/** Where bytes come from. A tagged union, apart from the content itself. */
export type Origin =
  | { kind: 'file'; path: string; pathBytes?: string; tracked: boolean }
  | {
      kind: 'commit'
      commit: string
      path: string
      pathBytes?: string
      author: string
      date: string
      inHead: boolean
      object: string
      /** Local and remote-tracking branches that lead to the commit. */
      branches?: readonly string[]
      /** Where HEAD's history had it and HEAD does not: the commits that took it from the path, the earliest first. */
      removedBy?: readonly Removal[]
    }
  | { kind: 'message'; object: string; objectType: 'commit' | 'tag'; author: string; date: string }
  | { kind: 'object'; object: string; objectType: 'blob'; path?: string; reachable: boolean }
  | {
      kind: 'layer'
      image: string
      layer: string
      diffId: string
      path: string
      /** Not visible in the image: a later layer deletes or replaces it. */
      deletedLater: boolean
      createdBy?: string
      /** The layer came with the image that this one was built on. */
      inBaseImage?: boolean
      /** What that image is called, where this one says so. */
      baseImage?: string
      /** The file is as a published package brought it. */
      published?: true
    }
  | { kind: 'image-config'; image: string; field: string }

/** One position where a secret was seen. An image's config has no lines. */
export type Place = Origin & Partial<Span>

/** Encodings whose text does not look like ASCII where it is ASCII, and UTF-8 with a mark to be left out. */
export type Encoding = 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be'

/** Bytes to search, with their origin. A large file comes as several contents that overlap. */
export interface Content {
  bytes: Uint8Array
  origin: Origin
  /** Path that rules and judgement see; inside an archive `outer.zip!inner`. */
  path: string
  /** Of a part of a large file: as the whole file's beginning shows it. Found from the bytes when absent. */
  encoding?: Encoding
  /** Known to be text in UTF-8 or the like, whatever bytes it begins with. */
  isText?: true
  /** Where the first byte stands in the whole, for a part of a large file; 1 and 1 when absent. */
  firstLine?: number
  firstColumn?: number
  /** Only matches whose secret starts in this range of bytes count; the rest is context that another part reports. */
  reported?: { from: number; to: number }
  /** Ranges of bytes, in ascending order: only matches that touch one are wanted; of others some may be given all the same. */
  touching?: () => readonly { from: number; to: number }[]
}

/** What one feature of a value, its name or its surroundings did for the model's answer, in log-odds: above 0 for a secret. */
export interface Evidence {
  feature: string
  weight: number
}

/** One rule at one place. Offsets are bytes in the content that the scanner was given. */
export interface Match {
  rule: number
  start: number
  end: number
  span: Span
  secret: Secret
  confidence: number
  /** Names of the decoders that led here, outermost first. */
  decoded: readonly string[]
  /** The name the value is assigned to, where there is one. */
  key?: string
  /** Of a value that the model judged, strongest first; only when asked for. */
  evidence?: readonly Evidence[]
  /** No match yet, but a name behind which others than these lines may hold one; only where lines out of many texts are searched. */
  isOpening?: true
}

export type SkipReason =
  | 'too-large'
  | 'unreadable'
  | 'encrypted-archive'
  | 'archive-limit'
  | 'corrupt-archive'
  | 'unsupported-archive'
  | 'decode-limit'
  | 'missing-object'
  | 'corrupt-object'
  | 'shallow'
  | 'partial-clone'
  | 'special-file'
  /** Of an image: unlike one on this machine, where something may stand behind it, a name and two numbers. */
  | 'device'
  | 'timeout'
  | 'worker-died'
  | 'excluded'

export interface Skip {
  reason: SkipReason
  count: number
  bytes: number
  examples: string[]
}

/** What was read, and what was not and why. */
export interface Coverage {
  complete: boolean
  items: number
  bytes: number
  skipped: Skip[]
}

export type FindingState = 'new' | 'baseline' | 'allowed'

/** One secret, with all the places it was seen. */
export interface Finding {
  fingerprint: string
  rule: string
  provider: string
  description: string
  severity: Severity
  confidence: number
  secret: Secret
  state: FindingState
  decoded: readonly string[]
  evidence?: readonly Evidence[]
  places: Place[]
}

export type SourceKind = 'worktree' | 'staged' | 'history' | 'image' | 'archive' | 'stdin' | 'patch'

export interface Report {
  tool: { name: 'stanch'; version: string; rules: { count: number; hash: string } }
  source: { kind: SourceKind; target: string }
  /** ISO 8601, UTC. */
  started: string
  durationMs: number
  coverage: Coverage
  suppressions: {
    allowed: number
    baseline: number
    /** In files of an image that published packages brought; not in `allowed`. */
    published?: number
    unused: string[]
    expired: string[]
  }
  findings: Finding[]
}

export const keyClasses = ['secret', 'config', 'empty', 'reference'] as const

/** What a key of a .env file holds, and why we think so. Never holds a value. */
export interface Classification {
  /** `reference`: the value is no plaintext, but names a vault's entry or another variable, or is encrypted. */
  class: (typeof keyClasses)[number]
  /** For people: `rule stripe-secret-key`, `named like a secret`. */
  reason: string
  /** How sure it is that a secret stands there in clear, 0–1. Below 0.5 only a name says so, and somebody made the value up. */
  confidence: number
  /** `hand`: a person typed the value; `project`: by its name nobody outside the project gave it out, and its form is no provider's. */
  maker?: 'hand' | 'project'
  /** Where the server is that it opens, by the addresses beside it: on this machine or among its containers, or another. */
  server?: 'here' | 'elsewhere'
  /** Of the rule that found it, where one did. */
  rule?: string
  provider?: string
  /** Whether only the name beside it tells whose it is: alone the value is any random text. */
  isKnownByName?: boolean
  severity?: Severity
  /** Where the value tells that it works on real data or only on test data. */
  mode?: 'live' | 'test'
}
