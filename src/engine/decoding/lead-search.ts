import type { EscapeDecoder } from './decoder.ts'
import { escapeDecoders } from './index.ts'

export interface LeadSearch {
  /** Decoders whose escapes may be in `bytes[start .. end)`: a bit each. Cheapest when asked in ascending order. */
  find(start: number, end: number): number
}

const decoders = Object.values<EscapeDecoder>(escapeDecoders)

/** Looks for the bytes that escapes begin with, of those decoders whose escapes are not everywhere. */
export function createLeadSearch(bytes: Uint8Array): LeadSearch {
  /** For each decoder where its next lead stands, as far as that is known. */
  const next = decoders.map(() => -1)
  /** Nothing before is known. */
  let from = 0
  /** Node's search for a byte is the fastest. */
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

  return {
    find(start, end) {
      if (start < from) next.fill(-1)
      from = start
      let found = 0
      for (const [number, { lead, isRareLead }] of decoders.entries()) {
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
