/** Values that begin in the line behind the operator's. */
import { isBlank, isNewline, isSpace } from './bytes.ts'
import { readBare, type Value } from './read-bare.ts'
import { MAX_BLANKS, skipSpace } from './read-quoted.ts'
import type { RunEnds } from './run-ends.ts'

/** Most bytes of the word that ends a here-document. */
const MAX_MARK = 40

/** The first line of a here-document: `<<EOT`, `<<-'EOT'`, `<<~EOT`. */
export function readHeredoc(bytes: Uint8Array, from: number, ends: RunEnds): Value | undefined {
  const limit = Math.min(bytes.length, from + MAX_MARK)
  let at = from + 2
  while (at < limit && !isNewline(bytes[at])) at++
  at = skipSpace(bytes, at)
  return isNewline(bytes[at]) ? undefined : readBare(bytes, at, ends)
}

/** The first line of a block scalar of YAML: `|`, `>`, with an indentation and what to do with the last line break. */
export function readBlock(bytes: Uint8Array, from: number, ends: RunEnds): Value | undefined {
  let at = from + 1
  while (at < from + 3 && isBlockMark(bytes[at])) at++
  if (!isNewline(bytes[at])) return undefined
  const limit = Math.min(bytes.length, at + MAX_BLANKS)
  while (at < limit && isSpace(bytes[at])) at++
  return isBlank(bytes[at - 1]) ? readBare(bytes, at, ends) : undefined
}

/** `-`, `+` or a digit. */
function isBlockMark(byte: number | undefined): boolean {
  return byte === 43 || byte === 45 || (byte !== undefined && byte >= 49 && byte <= 57)
}
