import type { CompiledRule } from '../../program.ts'
import { latin1 } from '../bytes.ts'
import type { Candidate } from '../candidate.ts'
import type { DecodedCandidate } from './search-layers.ts'

/** A candidate with more neighbours than this is only compared by its value. */
const MOST_NEIGHBOURS = 100

/**
 * What was decoded and what was there to read may be the same secret: one of the two stays.
 * @param plain candidates of the content itself, in order, none overlapping another
 */
export function dropKnown(
  plain: readonly Candidate[],
  decoded: readonly DecodedCandidate[],
  bytes: Uint8Array,
  rules: readonly CompiledRule[],
): { plain: Candidate[]; decoded: DecodedCandidate[] } {
  const spans = new Map<string, { start: number; end: number }[]>()
  for (const { secretStart, secretEnd } of plain)
    note(latin1(bytes, secretStart, secretEnd), { start: secretStart, end: secretEnd })
  const beaten = new Set<Candidate>()
  const kept = decoded.filter(candidate => {
    const value = latin1(candidate.bytes, candidate.secretStart, candidate.secretEnd)
    if (isKnown(value, candidate) || isBeaten(candidate)) return false
    note(value, candidate.exact)
    return true
  })
  return { plain: plain.filter(candidate => !beaten.has(candidate)), decoded: kept }

  function note(value: string, span: { start: number; end: number }): void {
    const known = spans.get(value)
    if (known) known.push(span)
    else spans.set(value, [span])
  }

  function isKnown(value: string, { exact }: DecodedCandidate): boolean {
    const known = spans.get(value) ?? []
    return known.slice(-MOST_NEIGHBOURS).some(({ start, end }) => start < exact.end && end > exact.start)
  }

  /** The encoded value as a whole may be a match of its own; the rule that knows more wins. */
  function isBeaten({ exact, rule }: DecodedCandidate): boolean {
    const specificity = rules[rule]?.specificity ?? 0
    const first = firstEndingAfter(plain, exact.start)
    for (let i = first; i < first + MOST_NEIGHBOURS; i++) {
      const other = plain[i]
      if (!other || other.secretStart >= exact.end) break
      const covers = other.secretStart <= exact.start && other.secretEnd >= exact.end
      const isLess = (rules[other.rule]?.specificity ?? 0) < specificity
      if (covers && !isLess) return true
      if (isLess) beaten.add(other)
    }
    return false
  }
}

function firstEndingAfter(plain: readonly Candidate[], offset: number): number {
  let low = 0
  let high = plain.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((plain[middle]?.secretEnd ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}
