import type { CompiledRule } from '../program.ts'
import type { Candidate } from './candidate.ts'
import { createSpanSet } from './span-set.ts'

/**
 * On one span the most specific rule wins. A loser that says nothing new goes; one that only touches the winner's
 * span from outside is dropped too, as it names the same characters.
 */
export function resolveOverlaps(
  candidates: readonly Candidate[],
  rules: readonly CompiledRule[],
): Candidate[] {
  if (candidates.length < 2) return [...candidates]
  const byRank = [...candidates].sort((a, b) => compareRank(a, b, rules))
  const taken = createSpanSet()
  const kept = byRank.filter(({ secretStart: start, secretEnd: end }) => {
    if (taken.touches(start, end)) return false
    taken.add(start, end)
    return true
  })
  return kept.sort((a, b) => a.secretStart - b.secretStart || a.rule - b.rule)
}

function compareRank(a: Candidate, b: Candidate, rules: readonly CompiledRule[]): number {
  return (
    specificityOf(b, rules) - specificityOf(a, rules) ||
    b.confidence - a.confidence ||
    b.secretEnd - b.secretStart - (a.secretEnd - a.secretStart) ||
    a.secretStart - b.secretStart ||
    a.rule - b.rule
  )
}

/** A value that no operator joins to its issuer's name says less than one of a rule that is read as it is written. */
const BESIDE = 30

function specificityOf({ rule, isBeside, isOpening }: Candidate, rules: readonly CompiledRule[]): number {
  if (isOpening) return -Infinity
  return (rules[rule]?.specificity ?? 0) - (isBeside ? BESIDE : 0)
}
