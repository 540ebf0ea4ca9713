import type { EscapeDecoder } from './decoder.ts'
import type { TextBuilder } from './text-builder.ts'

/** Appends a text without its escapes, and a mark behind each. */
export function undoEscapes(
  decoder: EscapeDecoder,
  bytes: Uint8Array,
  start: number,
  end: number,
  text: TextBuilder,
): void {
  const { lead } = decoder
  text.mark(start)
  let from = start
  let at = start
  while (at < end) {
    if (bytes[at] !== lead) {
      at++
      continue
    }
    text.copy(bytes, from, at)
    const before = text.length
    const length = decoder.read(bytes, at, end, text)
    from = at
    at += Math.max(1, length)
    if (length === 0) continue
    // What stands for nothing belongs neither to what is before it nor to what is behind.
    if (text.length === before) text.mark(from)
    from = at
    text.mark(at)
  }
  text.copy(bytes, from, end)
}
