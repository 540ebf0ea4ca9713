/** Decoded bytes as they grow, with marks that lead back to the bytes they were made of. Used again and again. */
export class TextBuilder {
  #bytes = new Uint8Array(16 * 1024)
  #marks: number[] = []
  length = 0

  push(byte: number): void {
    if (this.length === this.#bytes.length) this.#reserve(1)
    this.#bytes[this.length++] = byte
  }

  /** Appends a character in UTF-8; half of a surrogate pair becomes U+FFFD. */
  pushCodePoint(point: number): void {
    if (point < 0x80) this.push(point)
    else if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) this.pushCodePoint(0xfffd)
    else this.append(Buffer.from(String.fromCodePoint(point)))
  }

  /** Appends `bytes[start .. end)`. */
  copy(bytes: Uint8Array, start: number, end: number): void {
    if (end - start > 40) {
      this.append(bytes.subarray(start, end))
      return
    }
    this.#reserve(end - start)
    const target = this.#bytes
    let { length } = this
    for (let at = start; at < end; at++) target[length++] = bytes[at]!
    this.length = length
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  /** What comes next stands for the source from `offset` on. */
  mark(offset: number): void {
    this.#marks.push(this.length, offset)
  }

  /** The marks since the last call: pairs of an offset in the bytes and one in the source. */
  takeMarks(): number[] {
    const taken = this.#marks
    this.#marks = []
    return taken
  }

  /** The bytes since the last call. */
  takeBytes(): Uint8Array {
    const taken = this.#bytes.slice(0, this.length)
    this.length = 0
    return taken
  }

  #reserve(count: number): void {
    if (this.length + count <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + count))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}
