/** So wide are characters, for their height, at most: what stands farther away has a blank before it. */
const WIDEST = 0.65
/** One alone may be a `W`, and whoever sets them one by one sets the blanks, too. */
const WIDEST_ALONE = 1.05

/** Puts pieces of text together as they stand on the page: pieces of one line, with blanks where there are gaps. */
export class TextLayout {
  readonly #out: string[] = []
  #x = 0
  #y = 0
  /** What was shown since the place was set, in characters. */
  #shown = 0

  show(text: string): void {
    this.#out.push(text)
    this.#shown += text.length
  }

  blank(): void {
    this.#out.push(' ')
  }

  /** @param size height of characters */
  moveBy(x: number, y: number, size: number): void {
    this.moveTo(this.#x + x, this.#y + y, size)
  }

  moveTo(x: number, y: number, size: number): void {
    if (Math.abs(y - this.#y) > size * 0.2) this.newLine()
    else if (x < this.#x || x - this.#x > this.#reach() * size) this.blank()
    this.#x = x
    this.#y = y
    this.#shown = 0
  }

  #reach(): number {
    return this.#shown === 1 ? WIDEST_ALONE : this.#shown * WIDEST + 0.2
  }

  newLine(): void {
    this.#out.push('\n')
    this.#shown = 0
  }

  toString(): string {
    return this.#out.join('')
  }
}
