import type { EscapeDecoder } from './decoder.ts'
import { escapeDecoders } from './index.ts'

export interface LeadSearch {
  /** All that is asked from now on is about this text. */
  begin(bytes: Uint8Array): void
  /** Decoders whose escapes may be in `bytes[start .. end)`: a bit each. Cheapest when asked in ascending order. */
  find(start: number, end: number): number
}

const decoders = Object.values<EscapeDecoder>(escapeDecoders)

/** Looks for the bytes that escapes begin with, of those decoders whose escapes are not everywhere. */
export function createLeadSearch(): LeadSearch {
  /** For each decoder where its next lead stands, as far as that is known. */
  const next = decoders.map(() => -1)
  /** Nothing before is known. */
  let from = 0
  let bytes: Uint8Array = new Uint8Array(0)
  /** Node's search for a byte is the fastest. */
  let text: Buffer | undefined

  return {
    begin(fresh) {
      bytes = fresh
      text = undefined
      from = 0
      next.fill(-1)
    },
    find(start, end) {
      text ??= Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      if (start < from) next.fill(-1)
      from = start
      let found = 0
      for (let number = 0; number < decoders.length; number++) {
        const { lead, isRareLead } = decoders[number]!
        if (!isRareLead) continue
        if (next[number]! < start) {
          const at = text.indexOf(lead, start)
          next[number] = at < 0 ? Number.POSITIVE_INFINITY : at
        }
        if (next[number]! < end) found |= 1 << number
      }
      return found
    },
  }
}
