import type { TextBuilder } from './text-builder.ts'

/** Undoes escapes in a text that can be read but for them, such as `%3D` or `\u003d`. */
export interface EscapeDecoder {
  /** The byte that every escape begins with. */
  lead: number
  /** Where it stands in a text it mostly begins an escape. */
  isRareLead: boolean
  /** Beginnings of escapes that may hide what rules search for, case ignored, as literals for the search kernel. */
  triggers: readonly string[]
  /** Whether the escape at `at` does, so that the text around it is decoded in any case, not only around literals. */
  isTelling(bytes: Uint8Array, at: number): boolean
  /** Appends what the escape at `at` stands for, and answers with its length: 0 when it is none. */
  read(bytes: Uint8Array, at: number, end: number, text: TextBuilder): number
  /** Literals that announce, at the beginning of a line, that everything to the end of the text is written so. */
  announcements?: readonly string[]
}

/** Undoes an encoding of whole values, of which nothing can be read, such as base64. */
export interface RunDecoder {
  /** Fewer characters are not worth it. */
  shortest: number
  /** 256 entries, 1 for a byte that it is written with. */
  alphabet: Uint8Array
  /** Decodes what stands in `bytes[start .. end)` into `out`, which has room, and answers with the number of bytes. */
  decode(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number
  /** Characters for one byte. */
  width: number
}
