import { base64Values } from './base64.ts'
import { isWrong, nextState } from './readable.ts'

/** Groups of four characters that decide. */
const GROUPS = 8
const MOST_WRONG = 3

/** Characters with which a group of four begins when its first byte is text in ASCII. */
const beginsText = new Uint8Array(256)
for (const character of 'CDIJKLMNOPQRSTUVWXYZabcdef') beginsText[character.charCodeAt(0)] = 1
/** The same for the first byte of a packed stream, of UTF-16 with a mark, or of text that begins with a letter beyond ASCII. */
const beginsOther = new Uint8Array(256)
for (const character of 'AH_/wxyz0123456789') beginsOther[character.charCodeAt(0)] = 1

/**
 * Whether a run of base64 characters may hold text, or something that text is packed in: `looksReadable` of what it
 * begins with, but faster, as nearly every run of letters and digits is a name or a digest.
 * @returns 'maybe' for what only `looksReadable` can tell
 */
export function sniffBase64(bytes: Uint8Array, start: number, end: number): boolean | 'maybe' {
  if (!mayBeText(bytes, start) && !beginsOther[bytes[start]!] && !isSecondZero(bytes, start)) return false
  const limit = Math.min(end, start + GROUPS * 4) - 3
  let state = 0
  let wrong = 0
  for (let at = start; at < limit; at += 4) {
    const bits = readGroup(bytes, at)
    const first = state + (bits >>> 16)
    const second = nextState[first]! + ((bits >>> 8) & 255)
    const third = nextState[second]! + (bits & 255)
    state = nextState[third]!
    wrong += isWrong[first]! + isWrong[second]! + isWrong[third]!
    if (wrong > MOST_WRONG) return mayBePacked(readGroup(bytes, start)) ? 'maybe' : false
  }
  if (wrong * 4 * GROUPS <= MOST_WRONG * (limit + 3 - start)) return true
  return mayBePacked(readGroup(bytes, start)) ? 'maybe' : false
}

/** A glance at every fourth of the first 24 characters. */
function mayBeText(bytes: Uint8Array, start: number): boolean {
  const count =
    beginsText[bytes[start]!]! +
    beginsText[bytes[start + 4]!]! +
    beginsText[bytes[start + 8]!]! +
    beginsText[bytes[start + 12]!]! +
    beginsText[bytes[start + 16]!]! +
    beginsText[bytes[start + 20]!]!
  return count >= 4
}

/** The second byte is NUL and the third is ASCII, as in UTF-16. */
function isSecondZero(bytes: Uint8Array, start: number): boolean {
  return (base64Values[bytes[start + 1]!]! & 15) === 0 && base64Values[bytes[start + 2]!]! < 2
}

function readGroup(bytes: Uint8Array, at: number): number {
  return (
    (base64Values[bytes[at]!]! << 18) |
    (base64Values[bytes[at + 1]!]! << 12) |
    (base64Values[bytes[at + 2]!]! << 6) |
    base64Values[bytes[at + 3]!]!
  )
}

/** The first three bytes are those of gzip or zlib, or of text in UTF-16. */
function mayBePacked(bits: number): boolean {
  const first = bits >>> 16
  const second = (bits >>> 8) & 255
  return first === 0x1f || first === 0x78 || first === 0 || second === 0 || second === 0xfe || second === 0xff
}
