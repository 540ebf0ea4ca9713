/** How a value is wrapped in the file. */
export type QuoteKind = 'none' | 'single' | 'double' | 'backtick'

/** Where a token begins: both count from 1; columns are UTF-16 code units, as editors count. */
export interface Position {
  line: number
  column: number
}

/**
 * One assignment. All its texts are *byte strings* (one character a byte, latin1), so that bytes that are no UTF-8
 * survive; `decodeBytes` makes text of them. Written one after the other, in this order, they are the file's bytes.
 */
export interface EntryToken extends Position {
  kind: 'entry'
  indent: string
  /** `export` with the blanks after it, or nothing. */
  exported: string
  key: string
  /** `=` or `:` with the blanks around it. */
  operator: string
  quote: QuoteKind
  /** The opening quote. */
  open: string
  /** As written: escapes and references are not undone. */
  value: string
  close: string
  /** What stands between value and comment: blanks, or text that each dialect reads in its own way. */
  tail: string
  /** From `#` to the end of the line. */
  comment: string
  eol: string
  valueAt: Position
}

/** What is no assignment. `other` is text that no dialect agrees on: a bare key, `; remark`, a broken line. */
export interface PlainToken extends Position {
  kind: 'bom' | 'blank' | 'comment' | 'other'
  text: string
  eol: string
}

export type Token = EntryToken | PlainToken
