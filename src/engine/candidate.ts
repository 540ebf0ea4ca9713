import type { Evidence } from '../model.ts'
import { latin1 } from './bytes.ts'

/** One rule matched at one place, not yet judged. Offsets are bytes in the searched text, ends exclusive. */
export interface Candidate {
  rule: number
  start: number
  end: number
  secretStart: number
  secretEnd: number
  /** Where the name of an assignment stands. */
  nameStart?: number
  nameEnd?: number
  /** How an assignment joins name and value. */
  operator?: string
  confidence: number
  evidence?: readonly Evidence[]
  /** No operator joins the value to its name, see find-beside.ts. */
  isBeside?: boolean
  /** No match: the issuer's name of one whose value may stand in lines that follow in another text. */
  isOpening?: true
}

/** The name that a value was assigned to; of a match without one, what stands before its secret. */
export function nameOf(
  { start, secretStart, nameStart = start, nameEnd = secretStart }: Candidate,
  bytes: Uint8Array,
): string {
  return latin1(bytes, nameStart, nameEnd)
}
