import type { Encoding } from '../model.ts'

/** As much of a text decides. */
const SAMPLE = 4096
/** Of a text without a mark, so many of the sampled characters must be ASCII. */
const MIN_ASCII = 0.5
/** Fewer characters than this prove nothing. */
const MIN_CHARACTERS = 8

/**
 * The encoding that a byte order mark names, else the one that the places of NUL bytes give away:
 * ASCII text in UTF-16 has one in every other place. `undefined` is UTF-8, another superset of ASCII, or binary.
 */
export function detectEncoding(bytes: Uint8Array): Encoding | undefined {
  return readMark(bytes) ?? guessByZeros(bytes)
}

/** Bytes of the mark at the beginning, 0 when there is none. */
export function markLength(bytes: Uint8Array, encoding: Encoding): number {
  if (readMark(bytes) !== encoding) return 0
  return encoding === 'utf-8-bom' ? 3 : encoding.startsWith('utf-16') ? 2 : 4
}

function readMark(bytes: Uint8Array): Encoding | undefined {
  const first = bytes[0]
  // Hardly any text has a mark.
  if (first !== 0xef && first !== 0xff && first !== 0xfe && first !== 0) return undefined
  const [, second, third, fourth] = bytes
  if (first === 0xef) return second === 0xbb && third === 0xbf ? 'utf-8-bom' : undefined
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? 'utf-32le' : 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return 'utf-32be'
  return undefined
}

function guessByZeros(bytes: Uint8Array): Encoding | undefined {
  // Text in UTF-16 or UTF-32 that begins with ASCII has a NUL in its first two bytes.
  if (bytes[0] !== 0 && bytes[1] !== 0) return undefined
  const encodings = ['utf-32le', 'utf-32be', 'utf-16le', 'utf-16be'] as const
  return encodings.find(encoding => isMostlyAscii(bytes, encoding))
}

function isMostlyAscii(bytes: Uint8Array, encoding: Encoding): boolean {
  const width = encoding.startsWith('utf-16') ? 2 : 4
  const low = encoding.endsWith('le') ? 0 : width - 1
  const end = Math.min(bytes.length, SAMPLE) - width + 1
  let characters = 0
  let ascii = 0
  for (let at = 0; at < end; at += width) {
    characters++
    if (!isText(bytes[at + low] ?? 0)) continue
    let others = 0
    for (let place = 0; place < width; place++) if (place !== low) others |= bytes[at + place] ?? 0
    if (others === 0) ascii++
  }
  return characters >= MIN_CHARACTERS && ascii >= characters * MIN_ASCII
}

function isText(byte: number): boolean {
  return (byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13)
}
