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
  if (candidates.length < 2) return [...candidates]
  const byRank = [...candidates].sort((a, b) => compareRank(a, b, rules))
  const taken = createTaken()
  const kept = byRank.filter(({ secretStart, secretEnd }) => taken.add(secretStart, secretEnd))
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

function specificityOf({ rule, isBeside }: Candidate, rules: readonly CompiledRule[]): number {
  return (rules[rule]?.specificity ?? 0) - (isBeside ? BESIDE : 0)
}

/** Spans are filed under each stretch of this many bytes that they touch, so that a span is compared with few others. */
const STRETCH = 256

function createTaken() {
  const spans = new Map<number, [start: number, end: number][]>()
  return { add }

  /** Takes the span if none of its bytes is taken. */
  function add(start: number, end: number): boolean {
    const first = Math.floor(start / STRETCH)
    const last = Math.floor((Math.max(end, start + 1) - 1) / STRETCH)
    for (let stretch = first; stretch <= last; stretch++) {
      if (spans.get(stretch)?.some(([from, to]) => from < end && start < to)) return false
    }
    for (let stretch = first; stretch <= last; stretch++) {
      const here = spans.get(stretch)
      if (here) here.push([start, end])
      else spans.set(stretch, [[start, end]])
    }
    return true
  }
}
