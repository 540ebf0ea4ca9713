import { isNewline, latin1 } from '../bytes.ts'
import type { Candidate } from '../candidate.ts'
import type { GenericCandidate } from './features.ts'

/** Bytes of the line that are looked at on either side. */
const REACH = 100

/** The facts that the model judges by, read from the text around a candidate. */
export function describeCandidate(
  {
    secretStart,
    secretEnd,
    start,
    nameStart = start,
    nameEnd = secretStart,
    operator = '',
    quote = 0,
  }: Candidate,
  { bytes, path, isCode }: { bytes: Uint8Array; path: string; isCode: boolean },
  value: string,
): GenericCandidate {
  return {
    name: latin1(bytes, nameStart, nameEnd),
    value,
    start: secretStart,
    operator,
    quote,
    isCode,
    path,
    before: latin1(bytes, lineStart(bytes, nameStart), nameStart),
    after: latin1(bytes, secretEnd, lineEnd(bytes, secretEnd)),
  }
}

function lineStart(bytes: Uint8Array, from: number): number {
  let at = from
  while (at > 0 && from - at < REACH && !isNewline(bytes[at - 1])) at--
  return at
}

function lineEnd(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && at - from < REACH && !isNewline(bytes[at])) at++
  return at
}
