import { isName, skipBlanks } from './bytes.ts'

const SPACE = 32
const AMPERSAND = 38
const ASTERISK = 42
const LESS = 60
const EQUAL = 61
const GREATER = 62
const QUESTION = 63
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const PIPE = 124

/** `password: string = …`, `password: Option<&str> = …` */
export function skipTypeAnnotation(bytes: Uint8Array, from: number): number {
  let at = from
  const limit = Math.min(bytes.length, from + 48)
  at = skipBlanks(bytes, at)
  const start = at
  while (at < limit) {
    const byte = bytes[at]
    if (byte === EQUAL) {
      return at > start && bytes[at + 1] !== EQUAL && bytes[at + 1] !== GREATER && bytes[at - 1] === SPACE
        ? at + 1
        : from
    }
    const isType =
      isName(byte) ||
      byte === SPACE ||
      byte === LESS ||
      byte === GREATER ||
      byte === OPEN_BRACKET ||
      byte === CLOSE_BRACKET ||
      byte === AMPERSAND ||
      byte === PIPE ||
      byte === QUESTION ||
      byte === ASTERISK
    if (!isType) return from
    at++
  }
  return from
}
