// Texts in quotes that are values (AssemblyScript).

import { byteAt, high, isCut } from './text'
import { begin, mayHold, take } from './value-words'

/** Most bytes of a value that are looked at. */
export const MAX_VALUE: usize = 160

/** Whether the text that the quote at `quoteAt` opens may be a value. */
export function mayQuotedHold(filter: usize, quoteAt: usize): bool {
  const quote = load<u8>(quoteAt)
  const start = quoteAt + 1
  // Three quotes, and an object that is written as a text.
  if (byteAt(start) == quote ? byteAt(start + 1) == quote : byteAt(start) == 0x7b) return true
  begin()
  let hasBlank = false
  const limit = start + MAX_VALUE
  for (let at = start; at < limit; at++) {
    if (at >= high) return isCut
    const byte = load<u8>(at)
    if (byte == quote) return mayHold(filter, at - start, hasBlank)
    if (byte == 0x5c) return true
    if (byte == 0x0a || byte == 0x0d) return false
    if (byte == 0x20 || byte - 9 < 5) hasBlank = true
    take(byte)
  }
  return true
}
