import type { CompiledRule } from '../program.ts'
import type { Candidate } from './candidate.ts'

/**
 * On one span the most specific rule wins. A loser that says nothing new goes; one that only touches the winner's
 * span from outside is dropped too, as it names the same characters.
 */
export function resolveOverlaps(
  candidates: readonly Candidate[],
  rules: readonly CompiledRule[],
): Candidate[] {
  const byRank = [...candidates].sort((a, b) => compareRank(a, b, rules))
  const kept: Candidate[] = []
  const byStart: Candidate[] = []
  for (const candidate of byRank) {
    const at = lowerBound(byStart, candidate.secretStart)
    const before = byStart[at - 1]
    const after = byStart[at]
    const overlaps =
      (before !== undefined && before.secretEnd > candidate.secretStart) ||
      (after !== undefined && after.secretStart < candidate.secretEnd)
    if (overlaps) continue
    kept.push(candidate)
    byStart.splice(at, 0, candidate)
  }
  return kept.sort((a, b) => a.secretStart - b.secretStart || a.rule - b.rule)
}

function compareRank(a: Candidate, b: Candidate, rules: readonly CompiledRule[]): number {
  return (
    (rules[b.rule]?.specificity ?? 0) - (rules[a.rule]?.specificity ?? 0) ||
    b.confidence - a.confidence ||
    b.secretEnd - b.secretStart - (a.secretEnd - a.secretStart) ||
    a.secretStart - b.secretStart ||
    a.rule - b.rule
  )
}

/** The first place whose candidate starts at or after `start`. Kept candidates never overlap. */
function lowerBound(sorted: readonly Candidate[], start: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.secretStart ?? 0) < start) low = middle + 1
    else high = middle
  }
  return low
}
