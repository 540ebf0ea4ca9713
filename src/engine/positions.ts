import type { Span } from '../model.ts'

/**
 * Byte offsets → lines and columns. Goes forward from the last answer, so questions in ascending order cost one pass,
 * also on a line of many megabytes.
 */
export class Positions {
  readonly #bytes: Buffer
  readonly #firstLine: number
  readonly #firstColumn: number
  #line: number
  #lineStart = 0
  /** Where the line ends: its newline, or the end of the bytes. */
  #lineEnd = -1
  /** The last answered offset on the line, with its column. */
  #offset = 0
  #column: number

  constructor(bytes: Uint8Array, firstLine = 1, firstColumn = 1) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#firstLine = firstLine
    this.#firstColumn = firstColumn
    this.#line = firstLine
    this.#column = firstColumn
  }

  spanOf(start: number, end: number): Span {
    const { line, column } = this.#locate(start)
    const last = this.#locate(end)
    return { line, column, endLine: last.line, endColumn: last.column }
  }

  #locate(offset: number): { line: number; column: number } {
    if (offset < this.#lineStart) this.#goTo(0, this.#firstLine)
    while (this.#findLineEnd() < offset) this.#goTo(this.#lineEnd + 1, this.#line + 1)
    if (offset < this.#offset) this.#goTo(this.#lineStart, this.#line)
    this.#column += utf16Length(this.#bytes, this.#offset, offset)
    this.#offset = offset
    return { line: this.#line, column: this.#column }
  }

  #findLineEnd(): number {
    if (this.#lineEnd < this.#lineStart) {
      const newline = this.#bytes.indexOf(10, this.#lineStart)
      this.#lineEnd = newline < 0 ? this.#bytes.length : newline
    }
    return this.#lineEnd
  }

  #goTo(lineStart: number, line: number): void {
    if (lineStart < this.#lineStart) this.#lineEnd = -1
    this.#lineStart = lineStart
    this.#line = line
    this.#offset = lineStart
    this.#column = lineStart === 0 ? this.#firstColumn : 1
  }
}

function utf16Length(bytes: Buffer, start: number, end: number): number {
  return bytes.toString('utf8', start, end).length
}
