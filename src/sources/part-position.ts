import { transcode } from '../encoding/transcode.ts'
import type { Content, Encoding } from '../model.ts'

/** Bytes. */
export interface PartSizes {
  /** A text above this size comes in parts, so that memory stays bounded. */
  part: number
  /** A part also shows this much of what comes before (names of keys) and after (the end of a secret). */
  before: number
  after: number
}

export const partSizes: PartSizes = { part: 8 * 1024 * 1024, before: 8 * 1024, after: 256 * 1024 }

/** Of files in layers: every thread holds one, and some lie ready for others. */
export const layerPartSizes: PartSizes = { ...partSizes, part: 2 * 1024 * 1024 }

/** Where the parts of a text begin: the first one at its beginning, each other one somewhat early. */
export class PartPosition {
  /** Offset in the text of the first byte of the part, and of the first one that counts. */
  from = 0
  start = 0
  readonly #encoding: Encoding | undefined
  readonly #sizes: PartSizes
  #line = 1
  #column = 1

  constructor(encoding: Encoding | undefined, sizes: PartSizes) {
    this.#encoding = encoding
    this.#sizes = sizes
  }

  /** What a content needs besides its bytes, which begin at `from`. */
  describe(): Pick<Content, 'firstLine' | 'firstColumn' | 'reported' | 'encoding'> {
    const start = this.start - this.from
    return {
      firstLine: this.#line,
      firstColumn: this.#column,
      reported: { from: start, to: start + this.#sizes.part },
      ...(this.#encoding ? { encoding: this.#encoding } : {}),
    }
  }

  /** Goes on to the next part. `bytes` are those of this one. */
  advance(bytes: Uint8Array): void {
    this.start += this.#sizes.part
    const cut = this.start - this.#sizes.before - this.from
    const passed = bytes.subarray(0, this.#encoding ? cut : characterStart(bytes, cut))
    this.from += passed.length
    this.#count(this.#encoding ? transcode(passed, this.#encoding).bytes : passed)
  }

  #count(passed: Uint8Array): void {
    const bytes = Buffer.from(passed.buffer, passed.byteOffset, passed.length)
    const { lines, lastStart } = countLines(bytes)
    this.#line += lines
    this.#column = (lines > 0 ? 1 : this.#column) + countCharacters(bytes.subarray(lastStart))
  }
}

/** How many lines end in there, and where the last one begins. */
function countLines(bytes: Buffer): { lines: number; lastStart: number } {
  let lines = 0
  let lastStart = 0
  for (let newline = bytes.indexOf(10); newline >= 0; newline = bytes.indexOf(10, lastStart)) {
    lines++
    lastStart = newline + 1
  }
  return { lines, lastStart }
}

/** As many as a string of them would have. Bytes of a program may have no newline for megabytes: it is never made. */
function countCharacters(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let count = 0
  for (let at = 0; at < bytes.length; at += PIECE)
    count += decoder.decode(bytes.subarray(at, at + PIECE), { stream: true }).length
  return count + decoder.decode().length
}

const PIECE = 64 * 1024

/** Where the character of UTF-8 begins that holds this byte. */
function characterStart(bytes: Uint8Array, at: number): number {
  let start = at
  while (start > at - 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--
  return start
}
