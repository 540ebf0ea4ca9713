import { RegexSyntaxError } from './regex-syntax-error.ts'
import type { Dialect } from './types.ts'

export interface Flags {
  /** Letters match both cases. */
  ignoreCase: boolean
  /** `^` and `$` match at lines. */
  multiline: boolean
  /** The dot matches `\n` too. */
  dotAll: boolean
  /** Repeats are lazy, and greedy with a `?`. */
  swapGreed: boolean
  /** White space and `#` comments are no part of the pattern. */
  verbose: boolean
}

/** The place in a pattern that is being read, with what holds there. */
export class Cursor {
  readonly source: string
  readonly dialect: Dialect
  at = 0
  flags: Flags = { ignoreCase: false, multiline: false, dotAll: false, swapGreed: false, verbose: false }

  constructor(source: string, dialect: Dialect) {
    this.source = source
    this.dialect = dialect
  }

  get atEnd(): boolean {
    return this.at >= this.source.length
  }

  /** The next UTF-16 code unit, or the empty string. */
  get next(): string {
    return this.source.charAt(this.at)
  }

  startsWith(text: string): boolean {
    return this.source.startsWith(text, this.at)
  }

  /** Steps over `text` if it comes next. */
  take(text: string): boolean {
    if (!this.startsWith(text)) return false
    this.at += text.length
    return true
  }

  /** Steps over what a sticky expression matches here. */
  takeMatch(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at
    const match = expression.exec(this.source)
    if (!match) return undefined
    this.at = expression.lastIndex
    return match
  }

  /** Steps over one code point. */
  takePoint(): number {
    const point = this.source.codePointAt(this.at)
    if (point === undefined) this.fail('the pattern ends too soon')
    if (point >= 0xd800 && point <= 0xdfff) this.fail('half a surrogate pair')
    this.at += point > 0xffff ? 2 : 1
    return point
  }

  /** Steps over white space and comments where the `x` flag makes them mean nothing. */
  skipVerbose(): void {
    if (this.flags.verbose) this.takeMatch(/(?:\s|#[^\n]*)+/y)
  }

  fail(problem: string, at = this.at): never {
    throw new RegexSyntaxError(problem, at)
  }
}
