import type { Span } from './layer.ts'

/** Fewer characters are too few for a secret. */
const SHORTEST = 16

/**
 * Stretches of ASCII in UTF-16 (little endian, and big endian but for one character) within binary content, as
 * programs and registries of Windows hold them. Looks first at where a stretch that is long enough would end.
 */
export function* findWideStrings(bytes: Uint8Array): Generator<Span> {
  let passed = 0
  for (let at = SHORTEST * 2 - 2; at + 1 < bytes.length; at += SHORTEST * 2 - 2) {
    if (at < passed) continue
    const zero = bytes[at] === 0 ? at : bytes[at + 1] === 0 ? at + 1 : -1
    if (zero < 0 || !isWide(bytes, zero - 1)) continue
    let start = zero - 1
    while (start - 2 >= passed && isWide(bytes, start - 2)) start -= 2
    let end = zero + 1
    while (isWide(bytes, end)) end += 2
    passed = end
    if (end - start >= SHORTEST * 2) yield { start, end }
  }
}

function isWide(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] ?? 0
  return ((byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13) && bytes[at + 1] === 0
}
