import { isBlank, isNewline, isSpace, latin1From } from './bytes.ts'
import type { Value } from './read-bare.ts'
import type { RunEnds } from './run-ends.ts'

const LESS = 60
const CLOSE_BRACKET = 93

const MAX_TEXT = 4096

/** The text of an XML element, which may stand on a line of its own. */
export function readElement(
  bytes: Uint8Array,
  from: number,
  ends: RunEnds,
  ofLines: boolean,
): Value | undefined {
  const limit = Math.min(bytes.length, from + MAX_TEXT)
  let valueStart = from
  while (valueStart < limit && isSpace(bytes[valueStart])) valueStart++
  if (bytes[valueStart] === LESS) return readCharacterData(bytes, valueStart)
  let at = ends.find(bytes, valueStart)
  if (at > limit) return undefined
  let valueEnd = at
  const isOpen = ofLines && isNewline(bytes[at])
  while (at < limit && isSpace(bytes[at])) at++
  while (valueEnd > valueStart && isBlank(bytes[valueEnd - 1])) valueEnd--
  return valueEnd > valueStart && (isOpen || bytes[at] === LESS)
    ? { quote: 0, valueStart, valueEnd }
    : undefined
}

/** `<![CDATA[…]]>` (XML 1.0, section 2.7). */
function readCharacterData(bytes: Uint8Array, from: number): Value | undefined {
  const valueStart = from + CDATA.length
  if (latin1From(bytes, from, CDATA.length) !== CDATA) return undefined
  const limit = Math.min(bytes.length, valueStart + MAX_TEXT)
  let valueEnd = valueStart
  while (valueEnd < limit && bytes[valueEnd] !== CLOSE_BRACKET && !isNewline(bytes[valueEnd])) valueEnd++
  return valueEnd > valueStart && bytes[valueEnd] === CLOSE_BRACKET
    ? { quote: 0, valueStart, valueEnd }
    : undefined
}

const CDATA = '<![CDATA['
