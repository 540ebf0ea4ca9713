import type { ReadObject } from '../../git/catalog-reader.ts'
import type { ReadJobs } from '../../git/plan-jobs.ts'
import { VISIT } from '../../git/select-objects.ts'
import { contentKind, MARK_BYTES } from './content-kind.ts'
import type { HistoryThread, TextMeans } from './history-thread.ts'
import type { TextSearch } from './probe.ts'

export interface HolderCheckOptions {
  /** Blobs to look at, and what they are based on, as flags of select-objects.ts. */
  select: Uint8Array
  /** Units of text in which something was found. */
  marks: readonly BigUint64Array[]
}

/** What a thread found to hold nothing after all. */
export interface CheckedHolders {
  empty: Uint32Array
}

/** More windows than this are forgotten, and looked at again when they come again. */
const MOST_WINDOWS = 256 * 1024

/**
 * Looks once more at blobs that lines of theirs, or of what they are based on, gave away: at what is around such lines.
 * Versions of a file are alike there, and what was seen in one window is known of all like it.
 */
export class HolderCheck {
  readonly #means: TextMeans
  readonly #texts: TextSearch
  readonly #attend: () => void
  readonly #select: Uint8Array
  /** Hash of a window → whether a match may stand in it, undefined where it was asked for. */
  readonly #known = new Map<bigint, boolean | undefined>()
  /** Blobs of which something was asked for, with all their windows. */
  #open: { number: number; hashes: bigint[] }[] = []
  readonly #empty: number[] = []

  constructor(thread: HistoryThread, { select, marks }: HolderCheckOptions) {
    this.#means = thread.texts
    this.#texts = thread.probe.texts
    this.#attend = thread.attend
    this.#select = select
    this.#means.trace.begin(marks)
  }

  run(jobs: ReadJobs, job: number): void {
    // What cannot be read was reported when it was read first.
    const visitor = { visit: (object: ReadObject) => this.#visit(object), fail: () => {} }
    this.#means.reader.read(jobs, job, visitor, this.#select)
  }

  result(): CheckedHolders {
    this.#settle()
    return { empty: Uint32Array.from(this.#empty) }
  }

  #visit(object: ReadObject): void {
    this.#attend()
    this.#forget()
    if (object.type === 'blob' && this.#select[object.number] === VISIT && this.#mayHold(object) === false)
      this.#empty.push(object.number)
  }

  /** Undefined where it is only known in the end. */
  #mayHold({ number, address, size }: ReadObject): boolean | undefined {
    const { core, trace } = this.#means
    const kind = contentKind(Buffer.from(core.bytes.buffer, address, size))
    // What is no text was looked at for itself, whatever it is based on.
    if (kind === 'opaque' || kind === 'binary') return false
    const from = kind === 'marked' ? MARK_BYTES : 0
    const windows = trace.trace(address + from, size - from)
    if (!windows || windows.some(({ hash }) => this.#known.get(hash))) return true
    let isOpen = false
    for (const { start, end, hash } of windows) {
      const mayHold = this.#look(hash, address + from + start, end - start)
      if (mayHold) return true
      if (mayHold === undefined) isOpen = true
    }
    if (!isOpen) return false
    this.#open.push({ number, hashes: windows.map(({ hash }) => hash) })
    return undefined
  }

  /** What stands in a window stands there in whatever text. */
  #look(hash: bigint, address: number, size: number): boolean | undefined {
    if (this.#known.has(hash)) return this.#known.get(hash)
    const mayHold = this.#texts.probe(this.#means.core.bytes.subarray(address, address + size), hash)
    this.#known.set(hash, mayHold)
    return mayHold
  }

  #settle(): void {
    for (const [hash, mayHold] of this.#texts.settle()) this.#known.set(hash, mayHold)
    for (const { number, hashes } of this.#open)
      if (!hashes.some(hash => this.#known.get(hash))) this.#empty.push(number)
    this.#open = []
  }

  /** Between two blobs, as one that is open needs what is known of its windows. */
  #forget(): void {
    if (this.#known.size <= MOST_WINDOWS) return
    this.#settle()
    this.#known.clear()
  }
}
