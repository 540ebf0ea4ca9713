import { CoverageTally } from '../../coverage.ts'
import type { ReadObject, ReadProblem } from '../../git/catalog-reader.ts'
import { CommitLog, type CommitRecords } from '../../git/commit-log.ts'
import { type HashName, hashBytes } from '../../git/object-id.ts'
import type { ReadJobs } from '../../git/plan-jobs.ts'
import type { Coverage } from '../../model.ts'
import { contentKind, MARK_BYTES } from './content-kind.ts'
import type { HistoryThread, TextMeans } from './history-thread.ts'
import type { ThreadProbe } from './probe.ts'

/** What a thread found. Objects go by their numbers in the catalogue. */
export interface Candidates {
  /** To be looked at whole, and those that are based on them. */
  holders: Uint32Array
  /** To be looked at whole for themselves, as they are no text. */
  opaque: Uint32Array
  /** Units of text in which something was found. */
  marks: BigUint64Array
  commits: CommitRecords
  failed: [number: number, reason: ReadProblem][]
  coverage: Coverage
}

export interface CandidateOptions {
  hash: HashName
  maxFileSize: number
  select: Uint8Array | undefined
  /** Commits that are read for what they lead to and not searched: number → 1. */
  known: Uint8Array | undefined
}

const TEXT = 1

/** Searches blobs, commits and annotated tags for what may be a match. */
export class CandidateSearch {
  readonly #means: TextMeans
  readonly #probe: ThreadProbe
  readonly #attend: () => void
  readonly #options: CandidateOptions
  readonly #coverage = new CoverageTally()
  readonly #commits: CommitLog
  /** Number → TEXT for one whose lines were looked at, so that those based on it need only show what is new. */
  readonly #kinds: Uint8Array
  readonly #opaque: number[] = []
  readonly #failed: Candidates['failed'] = []

  constructor(thread: HistoryThread, options: CandidateOptions) {
    this.#means = thread.texts
    this.#probe = thread.probe
    this.#attend = thread.attend
    this.#options = options
    this.#commits = new CommitLog(hashBytes[options.hash])
    this.#kinds = new Uint8Array(thread.catalog.count)
  }

  run(jobs: ReadJobs, job: number): void {
    const fail = (number: number, reason: ReadProblem) => this.#failed.push([number, reason])
    this.#means.reader.read(jobs, job, { visit: object => this.#visit(object), fail }, this.#options.select)
  }

  result(): Candidates {
    const { unique, reader } = this.#means
    unique.settle(reader.spare)
    return {
      holders: unique.takeHolders(),
      opaque: Uint32Array.from(this.#opaque),
      marks: unique.takeMarks(),
      commits: this.#commits.records(),
      failed: this.#failed,
      coverage: this.#coverage.result(),
    }
  }

  #visit(object: ReadObject): void {
    const { number, type, size } = object
    this.#attend()
    if (type === 'tree') return
    if (type === 'blob' && size > this.#options.maxFileSize) {
      this.#failed.push([number, 'too-large'])
      return
    }
    if (this.#options.known?.[number] === 1) {
      if (type === 'commit') this.#commits.add(number, this.#bytesOf(object))
      return
    }
    this.#coverage.read(size)
    if (type === 'blob') this.#visitBlob(object)
    else if (type === 'commit') this.#visitCommit(object)
    else this.#addText(object)
  }

  #visitBlob(object: ReadObject): void {
    const probe = this.#probe
    const bytes = this.#bytesOf(object)
    const kind = contentKind(bytes)
    if (kind === 'opaque' || probe.needsWholeTexts) this.#opaque.push(object.number)
    else if (kind === 'text') this.#addText(object)
    else if (kind === 'marked') this.#addFrom(object, MARK_BYTES)
    else if (probe.probeBinary(bytes)) this.#opaque.push(object.number)
  }

  /** The ids that a commit begins with are no text. */
  #visitCommit(object: ReadObject): void {
    const start = this.#commits.add(object.number, this.#bytesOf(object))
    if (object.changeCount >= 0 || start < 0) this.#addText(object)
    else this.#addFrom(object, start)
  }

  #addText({ number, address, size, base, changes, changeCount }: ReadObject): void {
    const isKnown = base >= 0 && this.#kinds[base] === TEXT
    const { unique, reader } = this.#means
    unique.add({ number, address, size, changes, changeCount: isKnown ? changeCount : -1 }, reader.spare)
    this.#kinds[number] = TEXT
  }

  /** Text that begins later is not compared with its base. */
  #addFrom({ number, address, size }: ReadObject, start: number): void {
    const { unique, reader } = this.#means
    unique.add({ number, address: address + start, size: size - start }, reader.spare)
  }

  #bytesOf({ address, size }: ReadObject): Buffer {
    return Buffer.from(this.#means.core.bytes.buffer, address, size)
  }
}
