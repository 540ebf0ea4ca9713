/** What the graph of commits is made of, packed: number, tree, parents and time of each commit. */
export interface CommitRecords {
  count: number
  bytes: Uint8Array
}

const NEWLINE = 10

/** Notes commits as they are read. */
export class CommitLog {
  readonly #idSize: number
  #bytes = Buffer.alloc(64 * 1024)
  #length = 0
  #count = 0

  constructor(idSize: number) {
    this.#idSize = idSize
  }

  /**
   * Notes a commit by the bytes of its object: `tree ID`, `parent ID` …, `author …`, `committer … TIME ZONE`.
   * Answers where its text begins, behind the ids; -1 for what is no commit.
   */
  add(number: number, bytes: Buffer): number {
    const hexSize = 2 * this.#idSize
    if (bytes.toString('latin1', 0, 5) !== 'tree ' || bytes[5 + hexSize] !== NEWLINE) return -1
    const parentSize = 7 + hexSize + 1
    let at = 5 + hexSize + 1
    let parents = 0
    while (bytes[at] === 0x70 && bytes.toString('latin1', at, at + 7) === 'parent ') {
      at += parentSize
      parents++
    }
    this.#makeRoom(16 + (1 + parents) * this.#idSize)
    this.#length = this.#bytes.writeUInt32LE(number, this.#length)
    this.#length = this.#bytes.writeUInt32LE(parents, this.#length)
    this.#length = this.#bytes.writeDoubleLE(readTime(bytes, at), this.#length)
    this.#writeId(bytes, 5)
    for (let i = 0; i < parents; i++) this.#writeId(bytes, at - (parents - i) * parentSize + 7)
    this.#count++
    return at
  }

  records(): CommitRecords {
    return { count: this.#count, bytes: this.#bytes.subarray(0, this.#length) }
  }

  #writeId(bytes: Buffer, at: number): void {
    const hex = bytes.toString('latin1', at, at + 2 * this.#idSize)
    this.#bytes.write(hex, this.#length, this.#idSize, 'hex')
    this.#length += this.#idSize
  }

  #makeRoom(size: number): void {
    if (this.#length + size <= this.#bytes.length) return
    const larger = Buffer.alloc(2 * (this.#bytes.length + size))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

/** Seconds since 1970, of the `committer` line. */
function readTime(bytes: Buffer, from: number): number {
  const start = bytes.indexOf('\ncommitter ', from)
  const end = start < 0 ? -1 : bytes.indexOf(NEWLINE, start + 1)
  if (end < 0) return 0
  return Number(
    / (-?\d{1,15}) [+-]\d+$/.exec(bytes.toString('latin1', Math.max(start, end - 40), end))?.[1] ?? 0,
  )
}
