import { detectFormat, headLength } from '../../../archive/format.ts'
import type { CatalogReader, ReadObject } from '../../../git/catalog-reader.ts'
import { CommitLog, type CommitRecords } from '../../../git/commit-log.ts'
import type { GitCore } from '../../../git/git-core.ts'
import { type HashName, hashBytes } from '../../../git/object-id.ts'
import type { ReadJobs } from '../../../git/plan-jobs.ts'
import { runsAround } from '../../../incident/purge/compressed-texts.ts'
import type { EncodedForm } from '../../../incident/purge/encoded-forms.ts'
import { NEEDLE } from '../../../incident/purge/needles.ts'
import { TextBatch } from '../../../incident/purge/text-batch.ts'
import { readLfsPointer } from './search-lfs.ts'

/** What a thread found. Objects go by their numbers in the catalogue. */
export interface Suspects {
  /** May hold the value; those that are stored as deltas of them may, too. */
  holders: Uint32Array
  /** Have to be looked into: archives, and what could not be read on the way. */
  others: Uint32Array
  commits: CommitRecords
  /** Blobs that stand for an LFS object, with its id. */
  pointers: [number: number, id: string][]
}

/** Bytes of the largest LFS pointer. */
const LARGEST_POINTER = 1024

/**
 * Reads every object once, and looks only at what of it is not in the object that it is stored as a delta of. What it
 * finds still has to be read as a whole.
 */
export class SuspectSearch {
  readonly #core: GitCore
  readonly #reader: CatalogReader
  readonly #select: Uint8Array | undefined
  readonly #holders = new Set<number>()
  readonly #others: number[] = []
  readonly #commits: CommitLog
  readonly #pointers: Suspects['pointers'] = []
  readonly #texts: TextBatch
  /** They hold names, which nobody compresses; half of all objects are trees. */
  readonly #trees: TextBatch

  constructor(
    core: GitCore,
    reader: CatalogReader,
    options: { forms: readonly EncodedForm[]; select: Uint8Array | undefined; hash: HashName },
  ) {
    const { forms, select, hash } = options
    this.#core = core
    this.#reader = reader
    this.#select = select
    this.#commits = new CommitLog(hashBytes[hash])
    const mark = (number: number) => this.#holders.add(number)
    this.#texts = new TextBatch(forms, { looksIntoRuns: true, mark })
    this.#trees = new TextBatch(forms, { looksIntoRuns: false, mark })
  }

  run(jobs: ReadJobs, job: number): void {
    const fail = (number: number) => this.#others.push(number)
    this.#reader.read(jobs, job, { visit: object => this.#visit(object), fail }, this.#select)
  }

  result(): Suspects {
    this.#texts.flush()
    this.#trees.flush()
    return {
      holders: Uint32Array.from(this.#holders),
      others: Uint32Array.from(this.#others),
      commits: this.#commits.records(),
      pointers: this.#pointers,
    }
  }

  #visit(object: ReadObject): void {
    const { number, type, address, size } = object
    const bytes = Buffer.from(this.#core.bytes.buffer, address, size)
    if (type === 'commit') this.#commits.add(number, bytes)
    if (type === 'blob') {
      if (detectFormat(bytes.subarray(0, headLength)) !== undefined) this.#others.push(number)
      const pointer = size > LARGEST_POINTER ? undefined : readLfsPointer({ type, bytes })
      if (pointer !== undefined) this.#pointers.push([number, pointer])
    }
    this.#addChanges(object, bytes)
  }

  #addChanges({ number, type, changes, changeCount }: ReadObject, bytes: Buffer): void {
    const batch = type === 'tree' ? this.#trees : this.#texts
    if (changeCount < 0) {
      batch.add(number, bytes, 0, bytes.length)
      return
    }
    let start = 0
    let end = -1
    for (let i = 0; i < changeCount; i++) {
      const from = this.#core.words[changes / 4 + 2 * i]!
      const to = this.#core.words[changes / 4 + 2 * i + 1]!
      const [first, last] = type === 'tree' ? [from, to] : runsAround(bytes, from, to)
      const nextStart = Math.max(0, Math.min(first, from - NEEDLE))
      const nextEnd = Math.min(bytes.length, Math.max(last, to + NEEDLE))
      if (nextStart <= end) {
        start = Math.min(start, nextStart)
        end = Math.max(end, nextEnd)
        continue
      }
      if (end >= 0) batch.add(number, bytes, start, end)
      start = nextStart
      end = nextEnd
    }
    if (end >= 0) batch.add(number, bytes, start, end)
  }
}
