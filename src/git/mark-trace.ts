import type { GitCore } from './git-core.ts'

/** The part of a text around marked units that a search depends on. */
export interface TextWindow {
  start: number
  end: number
  /** A hash of the text in it. */
  hash: bigint
}

/** Bytes before and after a unit that what is found in it may depend on; of one that is told to be far, or only to open a block, so many. */
export const NEAR = 2048
const FAR = 72 * 1024
const OPENING = 512
/** What stands beside a match may tell where it begins and ends, and what it is. */
const BESIDE = 256

const FOUND = 64 * 1024
/** Of more marks than this nothing is said. */
const MOST_MARKS = 512 * 1024
const CHUNK = 16 * 1024

/** Finds in whole texts the units that `UniqueText` has marked, in this thread or in another one of the same key. */
export class MarkTrace {
  readonly #core: GitCore
  readonly #table: number
  readonly #found: number
  readonly #chunk: number
  #isComplete = false

  constructor(core: GitCore) {
    this.#core = core
    this.#table = core.reserve(2 * MOST_MARKS * 8)
    this.#found = core.reserve(FOUND * 12)
    this.#chunk = core.reserve(CHUNK * 8)
  }

  /** To be called before the first text. */
  begin(marks: readonly BigUint64Array[]): void {
    const { wasm, bytes } = this.#core
    const count = marks.reduce((sum, { length }) => sum + length, 0)
    this.#isComplete = count <= MOST_MARKS
    const slots = 2 ** Math.ceil(Math.log2(2 * Math.min(count, MOST_MARKS) + 2))
    wasm.setTrace(this.#table, slots, this.#found, FOUND)
    if (!this.#isComplete) return
    for (const part of marks) {
      for (let from = 0; from < part.length; from += CHUNK) {
        const chunk = part.subarray(from, from + CHUNK)
        new BigUint64Array(bytes.buffer, this.#chunk, chunk.length).set(chunk)
        wasm.addMarks(this.#chunk, chunk.length)
      }
    }
  }

  /** Windows around the marked units of a text and around its long lines, in order and apart from each other; undefined where they are not known. */
  trace(address: number, size: number): TextWindow[] | undefined {
    if (!this.#isComplete) return undefined
    const { wasm, words } = this.#core
    wasm.traceText(address, size)
    const count = wasm.takeFound()
    if (count > FOUND) return undefined
    const windows: { start: number; end: number }[] = []
    for (let at = this.#found / 4; at < this.#found / 4 + 3 * count; at += 3) {
      const margin = BESIDE + marginOf(words[at + 2]!)
      addRange(windows, Math.max(0, words[at]! - margin), Math.min(size, words[at + 1]! + margin))
    }
    return windows.map(({ start, end }) => ({
      ...{ start, end },
      hash: wasm.hashBytes(address + start, end - start),
    }))
  }
}

/** Flags as in assembly/unit-table.ts. */
function marginOf(flags: number): number {
  if (flags & 1) return FAR
  return flags & 2 ? NEAR : OPENING
}

/** Ranges come in the order of what is in them, though not of their own start. */
function addRange(ranges: { start: number; end: number }[], start: number, end: number): void {
  let from = start
  let to = end
  for (let last = ranges.at(-1); last && from <= last.end; last = ranges.at(-1)) {
    from = Math.min(from, last.start)
    to = Math.max(to, last.end)
    ranges.pop()
  }
  ranges.push({ start: from, end: to })
}
