import type { ReadObject } from '../../git/catalog-reader.ts'
import type { TextWindow } from '../../git/mark-trace.ts'
import type { ReadJobs } from '../../git/plan-jobs.ts'
import { VISIT } from '../../git/select-objects.ts'
import { contentKind, MARK_BYTES } from './content-kind.ts'
import type { HistoryThread, TextMeans } from './history-thread.ts'
import type { ThreadProbe } from './probe.ts'

export interface HolderCheckOptions {
  /** Blobs to look at, and what they are based on, as flags of select-objects.ts. */
  select: Uint8Array
  /** Units of text in which something was found. */
  marks: readonly BigUint64Array[]
}

/** More windows than this are forgotten, and looked at again when they come again. */
const MOST_WINDOWS = 256 * 1024

/**
 * Looks once more at blobs that lines of theirs, or of what they are based on, gave away: at what is around such lines.
 * Versions of a file are alike there, and what was seen in one window is known of all like it.
 */
export class HolderCheck {
  readonly #means: TextMeans
  readonly #probe: ThreadProbe
  readonly #attend: () => void
  readonly #select: Uint8Array
  /** Hash of a window → whether a match may stand in it. */
  readonly #known = new Map<bigint, boolean>()
  readonly #empty: number[] = []

  constructor(thread: HistoryThread, { select, marks }: HolderCheckOptions) {
    this.#means = thread.texts
    this.#probe = thread.probe
    this.#attend = thread.attend
    this.#select = select
    this.#means.trace.begin(marks)
  }

  run(jobs: ReadJobs, job: number): void {
    // What cannot be read was reported when it was read first.
    const visitor = { visit: (object: ReadObject) => this.#visit(object), fail: () => {} }
    this.#means.reader.read(jobs, job, visitor, this.#select)
  }

  /** Numbers of blobs that hold nothing after all. */
  result(): Uint32Array {
    return Uint32Array.from(this.#empty)
  }

  #visit(object: ReadObject): void {
    this.#attend()
    if (object.type === 'blob' && this.#select[object.number] === VISIT && !this.#mayHold(object))
      this.#empty.push(object.number)
  }

  #mayHold({ address, size }: ReadObject): boolean {
    const { core, trace } = this.#means
    const kind = contentKind(Buffer.from(core.bytes.buffer, address, size))
    // What is no text was looked at for itself, whatever it is based on.
    if (kind === 'opaque' || kind === 'binary') return false
    const start = kind === 'marked' ? MARK_BYTES : 0
    const windows = trace.trace(address + start, size - start)
    if (!windows) return true
    const isEmpty = (window: TextWindow) => this.#known.get(window.hash) === false
    if (windows.some(({ hash }) => this.#known.get(hash))) return true
    return windows.some(window => !isEmpty(window) && this.#look(window, address + start))
  }

  /** What stands in a window stands there in whatever text. */
  #look({ start, end, hash }: TextWindow, address: number): boolean {
    const text = this.#means.core.bytes.subarray(address + start, address + end)
    const mayHold = this.#probe.probeText(text)
    if (this.#known.size > MOST_WINDOWS) this.#known.clear()
    this.#known.set(hash, mayHold)
    return mayHold
  }
}
