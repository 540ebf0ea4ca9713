import { compressedTexts } from './compressed-texts.ts'
import type { EncodedForm } from './encoded-forms.ts'
import { needlesOf } from './needles.ts'

/** Bytes that are searched at once: a search has its price, and most parts of texts are short. */
const SIZE = 1024 * 1024

/** Collects parts of texts and finds those in which one of the forms may stand: all that do, and a few more. */
export class TextBatch {
  readonly #forms: readonly EncodedForm[]
  readonly #needles: readonly Buffer[]
  readonly #looksIntoRuns: boolean
  readonly #mark: (owner: number) => void
  readonly #bytes = Buffer.allocUnsafeSlow(SIZE)
  #length = 0
  readonly #starts: number[] = []
  readonly #owners: number[] = []

  /**
   * @param options.looksIntoRuns whether what is compressed and encoded is looked into
   * @param options.mark is told the owners of parts, maybe more than once
   */
  constructor(
    forms: readonly EncodedForm[],
    options: { looksIntoRuns: boolean; mark: (owner: number) => void },
  ) {
    this.#forms = forms
    this.#needles = needlesOf(forms)
    this.#looksIntoRuns = options.looksIntoRuns
    this.#mark = options.mark
  }

  add(owner: number, text: Buffer, start: number, end: number): void {
    const length = end - start
    if (length > SIZE / 4) {
      if (this.#occursIn(text.subarray(start, end))) this.#mark(owner)
      return
    }
    if (this.#length + length + 1 > SIZE) this.flush()
    const at = this.#length
    this.#starts.push(at)
    this.#owners.push(owner)
    text.copy(this.#bytes, at, start, end)
    // No form and no run goes on over it.
    this.#bytes[at + length] = 0
    this.#length = at + length + 1
  }

  flush(): void {
    const text = this.#bytes.subarray(0, this.#length)
    for (const needle of this.#needles) {
      for (let at = text.indexOf(needle); at >= 0; ) {
        const part = this.#partAt(at)
        this.#mark(this.#owners[part]!)
        const next = this.#starts[part + 1] ?? text.length
        at = text.indexOf(needle, next)
      }
    }
    if (this.#looksIntoRuns)
      for (const { bytes } of compressedTexts(text, this.#forms))
        this.#mark(this.#owners[this.#partAt(bytes.byteOffset - text.byteOffset)]!)
    this.#length = 0
    this.#starts.length = 0
    this.#owners.length = 0
  }

  #occursIn(text: Buffer): boolean {
    if (this.#needles.some(needle => text.includes(needle))) return true
    return this.#looksIntoRuns && compressedTexts(text, this.#forms).length > 0
  }

  #partAt(position: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (this.#starts[middle]! <= position) low = middle
      else high = middle - 1
    }
    return low
  }
}
